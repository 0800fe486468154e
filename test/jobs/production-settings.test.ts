import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";

// With the pauses between writes that GitHub asks for, the debounce and the patience, as the App runs at GitHub.
let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp({ throttle: true, debounceSeconds: 1, patienceMilliseconds: 700 });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const branches = ["one", "two", "three"];

async function seen(numbers: readonly number[]) {
  return Promise.all(
    numbers.map(async (number) => {
      const { data } = await local.ada.rest.pulls.get({ ...local.repository, pull_number: number });
      const runs = await local.checkRuns(data.head.sha);
      return { newest: runs[0]?.conclusion, unfinished: runs.filter(({ status }) => status !== "completed").length };
    }),
  );
}

it("gives pull requests that are opened, pushed to and edited together their verdicts and one comment each", async () => {
  const issue = await local.issue();
  await Promise.all(branches.map((branch) => local.commit(branch, { [`${branch}.txt`]: branch })));
  const numbers = await Promise.all(branches.map((branch) => local.open(branch, { body: `Closes #${issue}` })));
  await local.settle();
  const opened = await seen(numbers);

  await Promise.all(branches.map((branch) => local.commit(branch, { [`${branch}.txt`]: "more" })));
  const edited = local.ada.rest.pulls.update({ ...local.repository, pull_number: numbers[0]!, body: "Nothing." });
  const closed = local.ada.rest.pulls.update({ ...local.repository, pull_number: numbers[1]!, state: "closed" });
  await Promise.all([edited, closed]);
  await local.settle();
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: numbers[1]!, state: "open" });
  await local.settle();

  const green = { newest: "success", unfinished: 0 };
  expect(opened).toEqual([green, green, green]);
  expect(await seen(numbers)).toEqual([{ ...green, newest: "failure" }, green, green]);
  const comments = await Promise.all(numbers.map((number) => local.comments(number)));
  expect(comments.map((all) => all.length)).toEqual([1, 1, 1]);
});

it("judges again in place without a run in progress where that takes less than two seconds", async () => {
  const issue = await local.issue();
  const sha = await local.commit("quick", { "quick.txt": "quick" });
  const number = await local.open("quick");
  await local.settle();
  const change = (body: string) => local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body });
  const writes = async (body: string) =>
    (await local.callsDuring(() => change(body))).filter((call) => /^(POST|PATCH) \/repos/.test(call));
  const another = await writes(`Closes #${issue}`);
  const same = await writes(`Closes #${issue}. It says so.`);
  expect({ another, same }).toEqual({
    another: ["POST /repos/{owner}/{repo}/check-runs", "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}"],
    same: [],
  });
  expect((await local.checkRuns(sha)).map(({ conclusion }) => conclusion)).toEqual(["success", "failure"]);
});
