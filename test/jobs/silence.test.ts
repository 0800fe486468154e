import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fault } from "../../emulator/index.ts";
import { type LocalApp, policyText, startLocalApp } from "../support/local-app.ts";
import { sweepNow } from "../support/sweep-now.ts";

const path = ".github/modelsync.yml";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp({ policy: null });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

async function open(branch: string) {
  const sha = await local.commit(branch, { [`${branch}.txt`]: branch });
  const number = await local.open(branch);
  await local.settle();
  return { sha, number };
}

/** What a person sees of the App: its runs, the newest first, and the first lines of its comments. */
async function seen({ sha, number }: { sha: string; number: number }) {
  const runs = (await local.checkRuns(sha)).map(({ conclusion, title }) => [conclusion, title]);
  const comments = await local.comments(number);
  return { runs, comments: comments.map(({ body }) => body.split("\n")[0]) };
}

async function requireCheck(contexts: string[]): Promise<void> {
  await local.ada.rest.repos.updateBranchProtection({
    ...{ ...local.repository, branch: "main", required_pull_request_reviews: null, restrictions: null },
    enforce_admins: false,
    required_status_checks: { strict: false, contexts },
  });
}

const nothing = { runs: [], comments: [] };
const missed = {
  runs: [["failure", "No policy on main"]],
  comments: ["### ✗ ModelSync: no policy on main"],
};

it("says nothing where there is no policy, whatever happens, and writes nothing", async () => {
  const pull = await open("quiet");
  const calls = await local.callsDuring(async () => {
    await local.ada.rest.pulls.update({ ...local.repository, pull_number: pull.number, title: "Another" });
    pull.sha = await local.commit("quiet", { "quiet.txt": "more" });
  });
  expect(await seen(pull)).toEqual(nothing);
  expect(calls.filter((call) => !/graphql|^GET /.test(call))).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(4);
});

it("says nothing either while GitHub is out of order", async () => {
  const outage: Fault = { match: "POST /graphql", effect: { kind: "status", status: 502 }, times: 99 };
  local.github.faults.add(outage);
  const pull = await open("outage");
  expect(await seen(pull)).toEqual(nothing);
  outage.times = 0;
});

it("fails with the remedy as soon as the branch's protection requires the check, and takes it back", async () => {
  const pull = await open("wanted");
  await requireCheck(["ModelSync: main"]);
  const calls = await local.callsDuring(() => sweepNow(local, "reconcile"));
  expect(calls.filter((call) => call === "POST /graphql").length).toBeGreaterThan(0);
  expect(await seen(pull)).toEqual(missed);
  const [comment] = await local.comments(pull.number);
  expect(comment?.body).toContain(`Add ${path} to main by a pull request, or do not require this check.`);

  await requireCheck(["ModelSync: dev", "lint"]);
  await sweepNow(local, "reconcile");
  expect(await seen(pull)).toEqual({ ...missed, runs: [["cancelled", "No policy on main"], ...missed.runs] });
});

it("fails as well where a ruleset requires the check", async () => {
  const pull = await open("ruled");
  const { data } = await local.ada.rest.repos.createRepoRuleset({
    ...local.repository,
    name: "Reviewed",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [
      {
        type: "required_status_checks",
        parameters: {
          required_status_checks: [{ context: "ModelSync: main" }],
          strict_required_status_checks_policy: false,
        },
      },
    ],
  });
  await sweepNow(local, "reconcile");
  expect(await seen(pull)).toEqual(missed);
  await local.ada.rest.repos.deleteRepoRuleset({ ...local.repository, ruleset_id: data.id });
});

it("always completes a run where the change brings a policy", async () => {
  const sha = await local.commit("brings", { [path]: policyText });
  const pull = { sha, number: await local.open("brings") };
  await local.settle();
  expect(await seen(pull)).toEqual({
    runs: [["success", "This change introduces a valid policy"]],
    comments: ["### ✓ ModelSync: this change introduces a valid policy"],
  });
});

it("takes its verdict back when the policy is removed, and judges again when it returns", async () => {
  await local.commit("main", { [path]: policyText });
  await local.settle();
  const pull = await open("judged");
  const failing = await seen(pull);
  expect(failing.runs).toEqual([["failure", expect.any(String)]]);
  await local.commit("main", { [path]: null });
  await local.settle();
  const withdrawn = { runs: [["cancelled", "No policy on main"], ...failing.runs], comments: missed.comments };
  expect(await seen(pull)).toEqual(withdrawn);
  await local.commit("main", { [path]: policyText });
  await local.settle();
  expect(await seen(pull)).toEqual({ runs: [...failing.runs, ...withdrawn.runs], comments: failing.comments });
});
