import { readFileSync } from "node:fs";
import { schema } from "@octokit/graphql-schema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servedFields } from "../../emulator/graphql/served-fields.ts";
import { RateLimits } from "../../emulator/rate-limits.ts";
import { restRoutes } from "../../emulator/rest/routes.ts";
import { OpenApi } from "../../emulator/schema/openapi.ts";
import { State } from "../../emulator/state.ts";
import { Hookshot } from "../../emulator/webhooks/hookshot.ts";
import { servedEvents } from "../../emulator/webhooks/served-events.ts";
import { pruneSchema } from "../../scripts/prune-schema.ts";
import { type Setting, startSetting } from "./setting.ts";

const openApi = new OpenApi();
const none = new URLSearchParams();
const demo = { owner: "acme", repo: "demo" };

describe("the committed descriptions", () => {
  it("hold exactly the operations that the local GitHub has", () => {
    const served = restRoutes(new Hookshot(new State()), new RateLimits()).map(({ operation }) => operation);
    expect(openApi.operations.toSorted()).toEqual(served.toSorted());
  });

  it("hold exactly the webhooks that it sends", () => {
    expect(openApi.webhooks.toSorted()).toEqual(servedEvents.toSorted());
  });

  it("are what the official GraphQL schema gives", () => {
    const committed = readFileSync(new URL("../../emulator/schema/github.graphql", import.meta.url), "utf8");
    expect(committed).toBe(pruneSchema(schema.idl, servedFields));
  });

  it("stay small", () => {
    const file = new URL("../../emulator/schema/openapi.json.gz", import.meta.url);
    expect(readFileSync(file).length).toBeLessThan(100_000);
  });
});

describe("pruning a GraphQL schema", () => {
  const sdl = `
    interface Named { name: String }
    type Query { cat(color: Color): Cat, dog: Dog }
    type Cat implements Named { name: String, age: Int @deprecated(reason: "old") }
    type Dog { name: String }
    enum Color { RED BLUE }`;

  it("keeps the named fields and what their arguments refer to", () => {
    expect(pruneSchema(sdl, { Query: ["cat"], Cat: ["age"] })).toBe(
      "type Cat {\n  age: Int\n}\n\nenum Color {\n  RED\n  BLUE\n}\n\ntype Query {\n  cat(color: Color): Cat\n}\n",
    );
  });

  it.each([
    [{ Query: ["bird"] }, "Query has no field bird"],
    [{ Bird: ["name"] }, "the schema has no type Bird"],
    [{ Query: ["dog"] }, "a kept field leads to Dog, of which no field is kept"],
  ])("refuses %j", (served, message) => {
    expect(() => pruneSchema(sdl, served)).toThrow(message);
  });
});

describe("a request", () => {
  const create = "POST /repos/{owner}/{repo}/check-runs";
  const run = { name: "gate", head_sha: "0".repeat(40) };
  it.each<[string, string, Record<string, string>, string, unknown, string[]]>([
    ["that is right", create, demo, "", run, []],
    [
      "with a wrong conclusion",
      create,
      demo,
      "",
      { ...run, status: "completed", conclusion: "passed" },
      ["conclusion"],
    ],
    ["without what it needs", create, demo, "", { name: "gate" }, ["head_sha"]],
    ["with a mistyped property", create, demo, "", { ...run, detail_url: "http://localhost/" }, ["detail_url"]],
    ["without its body", create, demo, "", undefined, ["needs a body"]],
    ["with a mistyped parameter", "GET /repos/{owner}/{repo}/pulls", demo, "perpage=100", undefined, ["perpage"]],
    ["with a wrong parameter", "GET /repos/{owner}/{repo}/pulls", demo, "state=merged", undefined, ["state"]],
    [
      "with a wrong path",
      "GET /repos/{owner}/{repo}/issues/{issue_number}",
      { ...demo, issue_number: "one" },
      "",
      undefined,
      ["issue_number"],
    ],
    ["that GitHub does not have", "GET /repos/{owner}/{repo}/secrets-of-life", demo, "", undefined, ["has no"]],
  ])("%s", (_, operation, params, query, body, expected) => {
    const found = openApi
      .checkRequest(operation, params, new URLSearchParams(query), body)
      .map(({ message }) => message);
    for (const part of expected) expect(found.join("\n")).toContain(part);
    if (expected.length === 0) expect(found).toEqual([]);
  });
});

describe("an answer", () => {
  const show = "GET /repos/{owner}/{repo}/issues/{issue_number}/labels";
  const label = {
    id: 1,
    node_id: "x",
    url: "http://localhost/",
    name: "x",
    description: null,
    color: "fff",
    default: false,
  };
  it.each<[string, number, unknown, number]>([
    ["that is right", 200, [label], 0],
    ["that lacks a field", 200, [{ ...label, color: undefined }], 1],
    ["with a null where none may be", 200, [{ ...label, name: null }], 1],
    ["with a status it never has", 204, undefined, 1],
    ["that refuses", 403, { message: "no" }, 0],
  ])("%s", (_, status, body, count) => {
    const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    expect(openApi.checkAnswer(show, status, sent)).toHaveLength(count);
  });

  it("is checked for operations that are known only", () => {
    expect(openApi.checkRequest("GET /nothing", {}, none, undefined)).toMatchObject([{ fatal: true }]);
  });
});

describe("a webhook", () => {
  const payload = { ref: "main", ref_type: "branch", pusher_type: "user", master_branch: "main", description: null };
  it.each<[string, string, object, string]>([
    ["that nobody sends", "push.started", {}, "has no webhook push.started"],
    ["without what every payload carries", "create", payload, "must have required property"],
  ])("%s is found", (_, event, body, message) => {
    expect(openApi.checkWebhook(event, body).join("\n")).toContain(message);
  });
});

describe("a violation", () => {
  let setting: Setting;
  beforeAll(async () => {
    setting = await startSetting();
  });
  afterAll(() => setting.close());

  it.each([
    ["an unknown operation", "GET /repos/{owner}/{repo}/nothing", {}, 404],
    ["an unknown parameter", "GET /repos/{owner}/{repo}/pulls", { perpage: 3 }, 200],
    ["a body of the wrong shape", "POST /repos/{owner}/{repo}/labels", { name: 7 }, 422],
    ["a property nobody knows", "POST /repos/{owner}/{repo}/issues", { title: "t", bodyy: "b" }, 201],
  ])("is noted for %s", async (_, operation, more, status) => {
    const answer = setting.ada.request(operation, { ...demo, ...more });
    const got = await answer.then(
      ({ status: code }) => code,
      (error: { status: number }) => error.status,
    );
    expect(got).toBe(status);
    expect(setting.github.violations.splice(0)).toHaveLength(1);
  });
});
