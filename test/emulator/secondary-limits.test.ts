import { Octokit } from "@octokit/rest";
import { describe, expect, it } from "vitest";
import { startLocalGitHub } from "../../emulator/index.ts";
import { type CountedRequest, SecondaryLimits } from "../../emulator/secondary-limits.ts";

const request = (operation: string, more: Partial<CountedRequest> = {}): CountedRequest => ({
  ...{ caller: "installation:checker/1", method: operation.split(" ")[0] ?? "", operation, isMutation: false },
  ...more,
});
const reading = request("GET /repos/{owner}/{repo}");
const writing = request("POST /repos/{owner}/{repo}/check-runs");
const query = request("POST /graphql");
const mutation = request("POST /graphql", { isMutation: true });
const comment = request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments");

/** Limits with a clock that is set by hand, and how many of a request they let in before they refuse. */
function limited() {
  let now = 1_000_000;
  const limits = new SecondaryLimits(() => now);
  const enter = (one: CountedRequest) => {
    const wait = limits.enter(one);
    if (wait === undefined) limits.leave(one.caller);
    return wait;
  };
  const fill = (one: CountedRequest) => {
    let count = 0;
    while (count < 5_000 && enter(one) === undefined) count += 1;
    return count;
  };
  return { limits, enter, fill, pass: (seconds: number) => (now += seconds * 1000) };
}

describe("a minute lets in", () => {
  it.each([
    ["900 reads", reading, 900],
    ["180 writes", writing, 180],
    ["2,000 queries", query, 2_000],
    ["400 mutations", mutation, 400],
    ["80 comments", comment, 80],
  ])("%s of a caller", (_, one, count) => {
    const { fill, enter, pass } = limited();
    expect([fill(one), enter(one)]).toEqual([count, 60]);
    pass(59);
    expect(enter(one)).toBe(1);
    pass(1);
    expect(enter(one)).toBeUndefined();
  });

  it("another caller, and the other interface, beside one who is too fast", () => {
    const { fill, enter } = limited();
    fill(reading);
    expect([enter(reading), enter({ ...reading, caller: "user:bob" }), enter(query)]).toEqual([
      60,
      undefined,
      undefined,
    ]);
  });
});

it("an hour lets in 500 comments, however slowly they come", () => {
  const { fill, enter, pass } = limited();
  let count = 0;
  for (let minute = 0; minute < 6; minute += 1) {
    count += fill(comment);
    pass(60);
  }
  count += fill(comment);
  expect([count, enter(comment)]).toEqual([500, 3_240]);
});

it("a caller has at most a hundred requests under way", () => {
  const { limits } = limited();
  for (let at = 0; at < 100; at += 1) expect(limits.enter(reading)).toBeUndefined();
  expect(limits.enter(reading)).toBe(1);
  limits.leave(reading.caller);
  expect(limits.enter(reading)).toBeUndefined();
});

describe("a local GitHub", () => {
  it.each([
    [true, [403, true, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."]],
    [false, [201, false, undefined]],
  ])("with secondary limits %s answers to the 81st comment of a minute", async (secondaryLimits, expected) => {
    await using github = await startLocalGitHub({ secondaryLimits });
    const auth = github.createUser("ada");
    github.createOrganization("acme", "ada");
    await github.createRepository({ owner: "acme", name: "demo", autoInit: true });
    const ada = new Octokit({ baseUrl: github.url, auth });
    const demo = { owner: "acme", repo: "demo" };
    await ada.rest.issues.create({ ...demo, title: "Talk" });
    const say = () =>
      fetch(`${github.url}/repos/acme/demo/issues/1/comments`, {
        method: "POST",
        headers: { authorization: `token ${auth}` },
        body: JSON.stringify({ body: "Hello" }),
      });
    for (let at = 0; at < 79; at += 1) expect((await say()).status).toBe(201);
    const last = await say();
    const { message } = (await last.json()) as { message?: string };
    expect([last.status, Number(last.headers.get("retry-after")) > 0, message]).toEqual(expected);
  });
});
