import type { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { aPerson, reactionsTo, reportOn, say } from "../support/people.ts";

const policyOf = (minimum: number) => `version: 1
models: []
checks:
  policy-change: { level: block }
  linked-issue: { level: warn, minimum: ${minimum} }
`;
const path = ".github/modelsync.yml";

let local: LocalApp;
let grace: Octokit;
let wren: Octokit;
beforeAll(async () => {
  local = await startLocalApp({ policy: policyOf(1) });
  grace = await aPerson(local, "grace", "maintain");
  wren = await aPerson(local, "wren", "push");
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

it("lets an edit of the policy in once somebody who may approves this very edit", async () => {
  const conclusion = async (sha: string) => (await local.checkRuns(sha))[0]?.conclusion;
  const push = async (policy: string) => {
    const sha = await local.commit("edit", { [path]: policy });
    await local.settle();
    return sha;
  };
  const first = await push(policyOf(2));
  const number = await local.open("edit", { body: `Closes #${await local.issue()}` });
  await local.settle();
  expect(await conclusion(first)).toBe("failure");
  expect((await reportOn(local, number)).split("\n")[0]).toBe(
    "### ✗ ModelSync: 1 check needs attention: policy change",
  );

  const command = "/modelsync waive policy-change reason: two issues each from now on";
  expect(await reactionsTo(local, await say(local, wren, number, command))).toEqual(["-1"]);
  expect(await reactionsTo(local, await say(local, local.ada, number, command))).toEqual(["-1"]);
  expect(await conclusion(first)).toBe("failure");
  expect(await reactionsTo(local, await say(local, grace, number, command))).toEqual(["+1"]);
  expect(await conclusion(first)).toBe("success");

  expect(await conclusion(await push(`# two issues\n${policyOf(2)}`))).toBe("success");
  expect(await conclusion(await push(policyOf(3)))).toBe("failure");
  expect(await conclusion(await push(policyOf(1)))).toBe("success");
});
