import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RateLimitFault } from "../../emulator/faults.ts";
import { commitFile, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

const read = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
const comment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

describe("a planted fault", () => {
  it("answers a number of requests with a failure and leaves the rest alone", async () => {
    const { bob, demo, github } = setting;
    const { number } = await openPull(setting, "failing");
    const get = () => bob.pulls.get({ ...demo, pull_number: number });
    github.faults.add({ match: read, effect: { kind: "status", status: 502, message: "Bad Gateway" }, times: 2 });
    expect([await refusal(get()), await refusal(get())]).toEqual([
      { status: 502, message: "Bad Gateway" },
      { status: 502, message: "Bad Gateway" },
    ]);
    expect((await get()).status).toBe(200);
  });

  it("can fail after the work was done", async () => {
    const { bob, demo, github } = setting;
    const { data: issue } = await bob.issues.create({ ...demo, title: "After" });
    const target = { ...demo, issue_number: issue.number };
    github.faults.add({ match: comment, effect: { kind: "after", status: 500 } });
    expect(await refusal(bob.issues.createComment({ ...target, body: "Written" }))).toMatchObject({ status: 500 });
    expect((await bob.issues.listComments(target)).data.map(({ body }) => body)).toEqual(["Written"]);
  });

  it.each<[RateLimitFault, number, Record<string, string | undefined>]>([
    [{}, 403, { "x-ratelimit-remaining": "0", "retry-after": undefined }],
    [{ status: 429 }, 429, { "x-ratelimit-remaining": "0", "retry-after": undefined }],
    [{ secondary: true }, 403, { "retry-after": "30" }],
    [{ secondary: true, status: 429 }, 429, { "retry-after": "30" }],
    [{ secondary: true, retryAfter: false }, 403, { "retry-after": undefined }],
  ])("says that the caller is too fast: %j", async (limit, status, expected) => {
    const { bob, demo, github } = setting;
    github.faults.add({ match: () => true, effect: { kind: "rate-limit", seconds: 30, ...limit } });
    const { response, ...error } = await bob.repos.get(demo).catch((thrown) => thrown);
    const shown = Object.fromEntries(Object.keys(expected).map((name) => [name, response.headers[name]]));
    expect([error.status, shown]).toEqual([status, expected]);
  });

  it("gives an older answer again", async () => {
    const { bob, demo, github } = setting;
    const pull = await openPull(setting, "stale");
    const get = async () => (await bob.pulls.get({ ...demo, pull_number: pull.number })).data.head.sha;
    await get();
    const newer = await commitFile(bob, "stale", "newer.txt", "newer\n");
    github.faults.add({ match: read, effect: { kind: "stale" } });
    expect([await get(), await get()]).toEqual([pull.head.sha, newer]);
  });

  it("cuts the connection, or waits", async () => {
    const { bob, demo, github } = setting;
    github.faults.add({ match: ({ path }) => path === "/repos/acme/demo", effect: { kind: "disconnect" } });
    expect((await refusal(bob.repos.get(demo))).status).toBe(500);
    github.faults.add({ match: () => true, effect: { kind: "break-off" } });
    const broken = await fetch(`${github.url}/repos/acme/demo`);
    expect(Number(broken.headers.get("content-length"))).toBeGreaterThan(1000);
    await expect(broken.text()).rejects.toThrow("terminated");
    github.faults.add({ match: () => true, effect: { kind: "delay", milliseconds: 1 } });
    expect((await bob.repos.get(demo)).status).toBe(200);
  });
});

describe("the log of requests", () => {
  it("says who asked for what", async () => {
    const { ada, checker, demo, github, installation } = setting;
    const count = github.requests.length;
    await ada.repos.get(demo);
    await checker.graphql("{ rateLimit { cost } }");
    await refusal(checker.issues.createComment({ ...demo, issue_number: 999, body: "x" }));
    const log = github.requests.slice(count).map(({ operation, actor, status }) => [operation, actor, status]);
    expect(log).toEqual([
      ["GET /repos/{owner}/{repo}", "user:ada", 200],
      ["POST /graphql", `installation:checker/${installation}`, 200],
      [comment, `installation:checker/${installation}`, 404],
    ]);
    expect(github.requests.at(-1)?.body).toEqual({ body: "x" });
  });
});
