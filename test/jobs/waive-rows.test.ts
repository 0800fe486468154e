import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { aPerson, reactionsTo, reportOn, say } from "../support/people.ts";

const policy = `version: 1
models:
  - id: churn
    experiment: models/churn.yml
checks:
  linked-issue: { level: "off" }
  data-drift: { level: "off" }
  data-schema: { level: "off" }
  metric-regression: { level: "off" }
  data-integrity: { level: block }
  data-leakage: { level: block }
`;

interface Person {
  id: number;
  tenure: number;
  usage: number;
  churn: string;
}

const people: Person[] = Array.from({ length: 400 }, (_, id) => ({
  id,
  tenure: (id * 7919) % 10_007,
  usage: (id * 104_729) % 9973,
  churn: (id * 31) % 7 < 3 ? "yes" : "no",
}));

/** What is done to some of the people, and what the report calls it. */
const troubles: Record<
  string,
  { title: string; rows: string; others: string; of(rows: Person[], some: ReadonlySet<number>): Person[] }
> = {
  "conflicting labels": {
    title: "Rows with the same features have different classes",
    ...{ rows: "120", others: "20" },
    of: (rows, some) => [
      ...rows,
      ...rows
        .filter(({ id }) => some.has(id))
        .map((one) => ({ ...one, id: one.id + 1000, churn: one.churn === "yes" ? "no" : "yes" })),
    ],
  },
  "copies in both halves": {
    title: "Hold-out rows are in training too",
    // One of each two that is held out, while the other one is not: which ones they are, the keys' hashes say.
    ...{ rows: "\\d+", others: "[1-9]" },
    of: (rows, some) => [
      ...rows,
      ...rows.filter(({ id }) => some.has(id)).map((one) => ({ ...one, id: one.id + 1000 })),
    ],
  },
  "lost labels": {
    title: "churn lost labels",
    ...{ rows: "60", others: "10" },
    of: (rows, some) => rows.map((one) => (some.has(one.id) ? { ...one, churn: "" } : one)),
  },
};

function toFile(rows: readonly Person[]): Record<string, string> {
  const lines = rows.map(({ id, tenure, usage, churn }) => `${id},${tenure},${usage},${churn}`);
  return { "data/churn.csv": `id,tenure,usage,churn\n${lines.join("\n")}\n` };
}

let local: LocalApp;
let grace: Octokit;
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-"));
  const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
  local = await startLocalApp({ policy, reviewModels });
  grace = await aPerson(local, "grace", "maintain");
  await local.commit("main", {
    "models/churn.yml":
      "data: data/churn.csv\ntarget: churn\nkey: id\nsplit: { holdout: 0.4, seed: 7 }\nmodel: { type: logistic-regression }\n",
    ...toFile(people),
  });
  await local.settle();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const between = (from: number, to: number) => new Set(Array.from({ length: to - from }, (_, at) => from + at));

it.each(Object.keys(troubles))("a waiver of %s holds for its rows", { timeout: 240_000 }, async (name) => {
  const { title, rows: accepted, others, of } = troubles[name]!;
  const branch = name.replaceAll(" ", "-");
  const push = async (some: ReadonlySet<number>, { reverse = false, from = people } = {}) => {
    const rows = of(from, some);
    const sha = await local.commit(branch, toFile(reverse ? rows.toReversed() : rows));
    await local.settle();
    return sha;
  };
  const conclusionOf = async (sha: string) => {
    const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha, filter: "latest" });
    return data.check_runs[0]?.conclusion;
  };
  const first = await push(between(0, 60));
  const number = await local.open(branch);
  await local.settle();
  expect(await conclusionOf(first)).toBe("failure");
  for (const check of ["data-integrity", "data-leakage"]) {
    const id = await say(local, grace, number, `/modelsync waive ${check} reason: corrected by hand, see #12`);
    expect([["+1"], ["-1"]]).toContainEqual(await reactionsTo(local, id));
  }
  expect(await conclusionOf(first)).toBe("success");

  expect(await conclusionOf(await push(between(0, 60), { reverse: true }))).toBe("success");
  expect(await reportOn(local, number)).toMatch(new RegExp(`${title} \\(${accepted} rows accepted\\)`));

  expect(await conclusionOf(await push(between(0, 50)))).toBe("success");
  expect(await reportOn(local, number)).toMatch(
    new RegExp(`${title} \\(${accepted} rows accepted; \\d+ of them now\\)`),
  );

  expect(await conclusionOf(await push(between(10, 70)))).toBe("failure");
  const report = await reportOn(local, number);
  expect(report).toContain("holds no longer, because it is about other rows now: ");
  expect(report).toMatch(new RegExp(`${title} \\(${accepted} rows accepted; ${others} others? now\\)`));

  // The same keys, but what they hold was never looked at.
  const swapped = people.map((one) => ({ ...one, usage: one.usage + 0.5 }));
  expect(await conclusionOf(await push(between(0, 60), { from: swapped }))).toBe("failure");
});
