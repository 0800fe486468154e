import { generateKeyPairSync } from "node:crypto";
import { ProbotOctokit } from "probot";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appToken, installationToken, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

describe("an App", () => {
  it("signs in with Probot's own client", async () => {
    const { app, github, installation, demo } = setting;
    const auth = { appId: app.appId, privateKey: app.privateKey };
    const options = { baseUrl: github.url, throttle: { enabled: false }, retry: { enabled: false } };
    const jwt = new ProbotOctokit({ ...options, auth });
    expect((await jwt.rest.apps.getAuthenticated()).data).toMatchObject({ slug: "checker", installations_count: 1 });
    expect((await jwt.rest.apps.listInstallations()).data).toMatchObject([
      { id: installation, account: { login: "acme" } },
    ]);
    expect((await jwt.rest.apps.getRepoInstallation(demo)).data.id).toBe(installation);
    const installed = new ProbotOctokit({ ...options, auth: { ...auth, installationId: installation } });
    const { data } = await installed.rest.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map(({ full_name }) => full_name)).toEqual(["acme/demo"]);
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, (setting: Setting) => string]>([
    ["signed by another key", ({ app }) => appToken({ ...app, privateKey: otherKey() })],
    ["of an unknown App", ({ app }) => appToken(app, { iss: 1 })],
    ["that has expired", ({ app }) => appToken(app, { iat: now() - 900, exp: now() - 300 })],
    ["that would last too long", ({ app }) => appToken(app, { exp: now() + 3600 })],
    ["from the future", ({ app }) => appToken(app, { iat: now() + 300 })],
    ["that is not one", () => "eyJ.eyJ.x"],
    ["that nobody issued", () => "ghs_0123456789"],
  ])("is refused with a token %s", async (_, make) => {
    const octokit = setting.client(make(setting));
    expect(await refusal(octokit.request("GET /app"))).toMatchObject({ status: 401 });
  });

  it("is told by its id or its client id", async () => {
    const { app, client } = setting;
    const { data } = await client(appToken(app, { iss: app.clientId })).apps.getAuthenticated();
    expect(data?.id).toBe(app.appId);
  });
});

describe("an installation token", () => {
  const narrowed = async (narrow: { permissions?: Record<string, string>; repositories?: string[] }) =>
    setting.client(await installationToken(setting.github, setting.app, setting.installation, narrow));

  it.each<[string, Record<string, string>, (octokit: Setting["checker"], number: number) => Promise<unknown>]>([
    [
      "comment without issues or pull_requests",
      { contents: "read" },
      (octokit, number) => octokit.issues.createComment({ ...setting.demo, issue_number: number, body: "no" }),
    ],
    [
      "comment with pull_requests to read only",
      { pull_requests: "read" },
      (octokit, number) => octokit.issues.createComment({ ...setting.demo, issue_number: number, body: "no" }),
    ],
    [
      "create a check run with checks to read only",
      { checks: "read" },
      (octokit) => octokit.checks.create({ ...setting.demo, name: "no", head_sha: "0".repeat(40) }),
    ],
    [
      "read contents with checks only",
      { checks: "write" },
      (octokit) => octokit.repos.getContent({ ...setting.demo, path: "README.md" }),
    ],
    [
      "list files without pull_requests",
      { checks: "write" },
      (octokit, number) => octokit.pulls.listFiles({ ...setting.demo, pull_number: number }),
    ],
    [
      "merge without contents",
      { pull_requests: "write" },
      (octokit, number) => octokit.pulls.merge({ ...setting.demo, pull_number: number }),
    ],
    [
      "change the protection of a branch",
      { contents: "write" },
      (octokit) => octokit.repos.deleteBranchProtection({ ...setting.demo, branch: "main" }),
    ],
    ["be a person", { contents: "write" }, (octokit) => octokit.users.getAuthenticated()],
  ])("may not %s", async (title, permissions, act) => {
    const pull = await openPull(setting, title.replaceAll(/\W+/g, "-"));
    const octokit = await narrowed({ permissions });
    const answer = await refusal(act(octokit, pull.number));
    expect(answer).toEqual({ status: 403, message: "Resource not accessible by integration" });
  });

  it("reaches only the repositories it was narrowed to", async () => {
    const { github, app, installation, client } = setting;
    await github.createRepository({ owner: "acme", name: "private-one", private: true, autoInit: true });
    await github.createRepository({ owner: "acme", name: "private-two", private: true, autoInit: true });
    const token = await installationToken(github, app, installation, { repositories: ["private-one"] });
    const octokit = client(token);
    const { data } = await octokit.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map(({ name }) => name)).toEqual(["private-one"]);
    await octokit.repos.get({ owner: "acme", repo: "private-one" });
    expect(await refusal(octokit.repos.get({ owner: "acme", repo: "private-two" }))).toMatchObject({ status: 404 });
  });

  it.each<[string, object]>([
    ["permissions the App does not have", { permissions: { administration: "write" } }],
    ["repositories it cannot see", { repositories: ["nothing"] }],
  ])("is not issued with %s", async (_, narrow) => {
    const { github, app, installation } = setting;
    expect(await refusal(installationToken(github, app, installation, narrow))).toMatchObject({ status: 422 });
  });

  it("works on the chosen repositories of a selective installation, and follows the choice", async () => {
    const { github, client, demo } = setting;
    await github.createRepository({ owner: "acme", name: "later", private: true, autoInit: true });
    const app = github.createApp({ slug: "choosy", permissions: { contents: "read" }, events: [] });
    const installation = github.installApp(app.appId, "acme", ["demo"]);
    const octokit = client(await installationToken(github, app, installation));
    await octokit.repos.getContent({ ...demo, path: "README.md" });
    const later = { owner: "acme", repo: "later" };
    expect(await refusal(octokit.repos.get(later))).toMatchObject({ status: 404 });
    github.changeInstallation(installation, { add: ["later"] });
    expect((await octokit.repos.get(later)).data.name).toBe("later");
    github.changeInstallation(installation, { remove: ["later"] });
    expect(await refusal(octokit.repos.get(later))).toMatchObject({ status: 404 });
  });

  it("keeps the other repositories when one is taken from an installation on all", async () => {
    const { github, client, demo } = setting;
    await github.createRepository({ owner: "acme", name: "taken", private: true, autoInit: true });
    const app = github.createApp({ slug: "shrinking", permissions: { contents: "read" }, events: [] });
    const installation = github.installApp(app.appId, "acme");
    github.changeInstallation(installation, { remove: ["taken"] });
    const octokit = client(await installationToken(github, app, installation));
    expect(await refusal(octokit.repos.get({ owner: "acme", repo: "taken" }))).toMatchObject({ status: 404 });
    await octokit.repos.getContent({ ...demo, path: "README.md" });
    expect(github.deliveries().at(-1)?.payload).toMatchObject({
      action: "removed",
      repository_selection: "selected",
      repositories_removed: [{ full_name: "acme/taken" }],
    });
  });

  it("stops when the installation is suspended or removed", async () => {
    const { github, client, demo } = setting;
    const app = github.createApp({ slug: "brief", permissions: { contents: "read" }, events: [] });
    const installation = github.installApp(app.appId, "acme");
    const octokit = client(await installationToken(github, app, installation));
    github.suspendInstallation(installation);
    expect(await refusal(octokit.repos.get(demo))).toMatchObject({ status: 403 });
    expect(await refusal(installationToken(github, app, installation))).toMatchObject({ status: 403 });
    github.suspendInstallation(installation, false);
    await octokit.repos.get(demo);
    github.uninstallApp(installation);
    expect(await refusal(octokit.repos.get(demo))).toMatchObject({ status: 401 });
    const events = github.deliveries().filter((delivery) => delivery.installation?.id === installation);
    expect(events.map(({ event, action }) => `${event}.${action}`)).toEqual([
      "installation.created",
      "installation.suspend",
      "installation.unsuspend",
      "installation.deleted",
    ]);
  });
});

describe("a person", () => {
  it.each<[string, "eve" | "bob", (octokit: Setting["eve"]) => Promise<unknown>, number]>([
    [
      "a stranger labels an issue",
      "eve",
      (octokit) => octokit.issues.addLabels({ ...setting.demo, issue_number: 1, labels: ["x"] }),
      403,
    ],
    [
      "a stranger writes a file",
      "eve",
      (octokit) =>
        octokit.repos.createOrUpdateFileContents({ ...setting.demo, path: "x", message: "x", content: "eA==" }),
      403,
    ],
    [
      "a writer protects a branch",
      "bob",
      (octokit) => octokit.repos.deleteBranchProtection({ ...setting.demo, branch: "main" }),
      404,
    ],
    [
      "a stranger opens a private repository",
      "eve",
      (octokit) => octokit.repos.get({ owner: "acme", repo: "private-one" }),
      404,
    ],
    ["a person asks what only an App may", "bob", (octokit) => octokit.apps.getAuthenticated(), 401],
  ])("is refused when %s", async (_, who, act, status) => {
    expect(await refusal(act(setting[who]))).toMatchObject({ status });
  });

  it("has a permission that the App can ask for", async () => {
    const { checker, demo } = setting;
    const ask = async (username: string) => {
      const { data } = await checker.repos.getCollaboratorPermissionLevel({ ...demo, username });
      return [data.permission, data.role_name];
    };
    expect([await ask("ada"), await ask("bob"), await ask("eve")]).toEqual([
      ["admin", "admin"],
      ["write", "write"],
      ["read", "read"],
    ]);
  });
});

function otherKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return privateKey;
}
