import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { knownEvents } from "../src/events/to-effect.ts";
import { tokenPermissions, wishedPermissions } from "../src/github/app-client.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const written = read("app.yml");
const manifest = parse(written) as { default_permissions: Record<string, string>; default_events: string[] };

/** Permission that GitHub asks for each operation, from its documentation of every endpoint. Null: the App's own token. */
const needs: Record<string, [permission: string, level: "read" | "write"] | null> = {
  "apps.getAuthenticated": null,
  "apps.createInstallationAccessToken": null,
  "apps.getInstallation": null,
  "apps.listInstallations": null,
  "apps.listWebhookDeliveries": null,
  "apps.redeliverWebhookDelivery": null,
  "apps.listReposAccessibleToInstallation": ["metadata", "read"],
  "checks.create": ["checks", "write"],
  "checks.listForRef": ["checks", "read"],
  "checks.update": ["checks", "write"],
  "git.getBlob": ["contents", "read"],
  "git.getTree": ["contents", "read"],
  "issues.getComment": ["pull_requests", "read"],
  "issues.createComment": ["pull_requests", "write"],
  "issues.listComments": ["pull_requests", "read"],
  "issues.updateComment": ["pull_requests", "write"],
  "pulls.get": ["pull_requests", "read"],
  "pulls.list": ["pull_requests", "read"],
  "reactions.createForIssueComment": ["pull_requests", "write"],
  "repos.codeownersErrors": ["contents", "read"],
  "repos.compareCommitsWithBasehead": ["contents", "read"],
  "repos.getCollaboratorPermissionLevel": ["metadata", "read"],
  "teams.getByName": ["members", "read"],
  "teams.getMembershipForUserInOrg": ["members", "read"],
};

/** What the GraphQL queries read, by the field that needs it. */
const fields: Record<string, string> = {
  pullRequest: "pull_requests",
  closingIssuesReferences: "issues",
  object: "contents",
};

/** Events that every App hears without asking for them. */
const unasked = ["installation", "installation_repositories"];

const sources = readdirSync(new URL("../src/github/", import.meta.url))
  .map((file) => read(`src/github/${file}`))
  .join("\n");

function used(): Record<string, string> {
  const operations = [...sources.matchAll(/\brest\.(\w+\.\w+)/g)].map(([, operation]) => operation!);
  const asked: [string, string][] = [["metadata", "read"]];
  for (const operation of new Set(operations)) {
    if (!Object.hasOwn(needs, operation))
      throw new Error(`Add ${operation} and the permission that it needs to this test`);
    const need = needs[operation];
    if (need) asked.push(need);
  }
  for (const [field, permission] of Object.entries(fields))
    if (sources.includes(`${field}(`)) asked.push([permission, "read"]);
  // "write" sorts after "read", so the stronger level stays.
  return Object.fromEntries(asked.sort(([, a], [, b]) => (a < b ? -1 : 1)));
}

it("asks for exactly the permissions that the code uses", () => {
  expect(manifest.default_permissions).toEqual(used());
});

it("narrows every token to the same permissions", () => {
  expect({ ...tokenPermissions, ...wishedPermissions }).toEqual(manifest.default_permissions);
});

it("subscribes to exactly the events that the code understands", () => {
  expect([...manifest.default_events, ...unasked].sort()).toEqual([...knownEvents].sort());
});

it("names no operation that the code does not use", () => {
  expect(Object.keys(needs).filter((operation) => !sources.includes(`rest.${operation}`))).toEqual([]);
});

it("can stand in the single-quoted attribute of Probot's set-up page", () => {
  expect(JSON.stringify(parse(written))).not.toContain("'");
});
