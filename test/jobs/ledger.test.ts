import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ledgerRows } from "../support/ledger-rows.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";

let local: LocalApp;
let number = 0;
const heads: string[] = [];

beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const edit = async (body: string) => {
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body });
  await local.settle();
};

/** Kind, head and conclusion of each row; the App stands still meanwhile. */
const told = async () =>
  (await ledgerRows(local)).map(({ kind, headSha, data }) => [kind, headSha, data.conclusion ?? null]);

describe("a pull request's rows", () => {
  it("begin with the policy that judges, and its verdict", async () => {
    heads.push(await local.commit("change", { "a.txt": "1" }));
    number = await local.open("change");
    await local.settle();
    expect(await told()).toEqual([
      ["begin", null, null],
      ["policy", null, null],
      ["verdict", heads[0], "failure"],
    ]);
    const [, policy, verdict] = await ledgerRows(local);
    expect(policy).toMatchObject({
      repository: { name: "acme/income" },
      number: null,
      data: { baseRef: "main", before: "", policy: expect.stringMatching(/^[0-9a-f]{40}$/) },
    });
    expect(verdict).toMatchObject({
      repository: { id: policy!.repository!.id, name: "acme/income" },
      number,
      person: null,
      data: {
        title: expect.stringContaining("linked issue"),
        policy: policy!.data.policy,
        mergeBase: policy!.data.commit,
        verdict: "fail",
        checks: expect.arrayContaining([
          {
            id: "linked-issue",
            level: "block",
            answer: "fail",
            findings: [expect.objectContaining({ fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) })],
          },
        ]),
      },
    });
  });

  it("gain none by an event that changes no verdict", async () => {
    const before = await told();
    await edit("Nothing that counts.");
    await local.ada.rest.issues.update({ ...local.repository, issue_number: number, title: "Another title" });
    await local.settle();
    const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: heads[0]! });
    await local.github.rerequestRun(data.check_runs[0]!.id, "ada");
    await local.settle();
    expect(await told()).toEqual(before);
  });

  it("gain one by a change of the verdict, and one by a push", async () => {
    const before = await told();
    await edit(`Closes #${await local.issue()}`);
    heads.push(await local.commit("change", { "a.txt": "2" }));
    await local.settle();
    expect(await told()).toEqual([...before, ["verdict", heads[0], "success"], ["verdict", heads[1], "success"]]);
  });

  it("tell of another policy once for all pull requests", async () => {
    await local.commit("other", { "b.txt": "1" });
    await local.open("other", { body: `Closes #${await local.issue()}` });
    await local.settle();
    const before = await told();
    await local.commit("main", { ".github/modelsync.yml": "version: 1\nmodels: []\n" });
    await local.settle();
    const rows = (await ledgerRows(local)).slice(before.length);
    expect(rows.map(({ kind }) => kind).sort()).toEqual(["policy", "verdict", "verdict"]);
    expect(rows[0]).toMatchObject({ kind: "policy", data: { before: expect.stringMatching(/^[0-9a-f]{40}$/) } });
  });

  it("tell when the policy was removed", async () => {
    await local.commit("main", { ".github/modelsync.yml": null });
    await local.settle();
    const rows = await ledgerRows(local);
    expect(rows.at(-1)).toMatchObject({ kind: "policy", data: { policy: "" } });
  });

  it("tell of a review that failed by itself, once", async () => {
    await local.commit("main", { ".github/modelsync.yml": "version: 1\nmodels: []\n" });
    await local.settle();
    local.beforeNextReview(() => Promise.reject(new Error("no")));
    local.beforeNextReview(() => Promise.reject(new Error("no")));
    const sha = await local.commit("broken", { "c.txt": "1" });
    await local.open("broken");
    await local.settle();
    expect((await ledgerRows(local)).at(-1)).toMatchObject({
      headSha: sha,
      data: { conclusion: "failure", verdict: null, checks: [], policy: null },
    });
  });
});
