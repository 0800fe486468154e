import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { modelReviewer } from "../../src/jobs/model-reviewer.ts";
import type { ReviewModels } from "../../src/jobs/review-ports.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { spamExperiment, spamFiles, spamPolicy } from "../support/spam.ts";
import { sweepNow } from "../support/sweep-now.ts";

const policy = spamPolicy({ "linked-issue": "off", "unmeasured-change": "off" });
const reading = (data: string) => spamExperiment("links, length").replace("data/spam.csv", data);
const table = spamFiles["data/spam.csv"]!;
const [header, ...rows] = table.trimEnd().split("\n");
/** Whether a row is spam has nothing to do with its links any more. */
const wrecked = `${[header, ...rows.map((row, at) => row.replace(/\d$/, (at * 7919) % 13 < 6 ? "1" : "0"))].join("\n")}\n`;

let local: LocalApp;
let directory = "";
let instead: ReviewModels | null = null;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modelsync-"));
  const reviewModels = modelReviewer(join(directory, "runs"), { seconds: 120, megabytes: 1024 });
  local = await startLocalApp({ policy, reviewModels: (request) => (instead ?? reviewModels)(request) });
  await local.commit("main", { ...spamFiles, "data/next.csv": table });
  await local.settle();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const opened = new Map<string, { sha: string; number: number }>();

async function open(branch: string, files: Record<string, string | null>): Promise<void> {
  const sha = await local.commit(branch, files);
  opened.set(branch, { sha, number: await local.open(branch) });
  await local.settle();
}

/** How the newest check run of a pull request ended, and the first two lines of its comment, commits by name. */
async function shown(branch: string) {
  const { sha, number } = opened.get(branch)!;
  const runs = await local.checkRuns(sha);
  const [comment] = await local.comments(number);
  const lines = (comment?.body ?? "").split("\n").slice(0, 2);
  return [runs[0]?.conclusion, ...lines.map((line) => line.replaceAll(sha.slice(0, 7), "HEAD"))];
}

it("judges again what would be merged when main changed what the model reads", async () => {
  await open("wrecks", { "data/next.csv": wrecked });
  await open("conflicts", { "models/spam.yml": reading("data/third.csv"), "data/third.csv": table });
  await open("documents", { "docs/notes.md": "how we label\n" });
  expect(await shown("wrecks")).toEqual(["success", "### ✓ ModelSync: nothing measured changed", ""]);
  expect((await shown("conflicts"))[0]).toBe("success");

  const before = await local.commit("main", { "README.md": "two\n" });
  await local.settle();
  expect((await shown("wrecks"))[0]).toBe("success");
  const tip = await local.commit("main", { "models/spam.yml": reading("data/next.csv") });
  await local.settle();
  expect(tip).not.toBe(before);
  const short = tip.slice(0, 7);
  expect(await shown("wrecks")).toEqual([
    "failure",
    "### ✗ ModelSync: this change makes `spam` worse",
    expect.stringMatching(
      `^Compared \`HEAD\` merged into \`${short}\` \\(main\\) with \`${short}\` on the same [\\d,]+ hold-out rows, because main changed what is measured since this branch left it\\.`,
    ),
  ]);
  expect((await shown("conflicts")).slice(0, 2)).toEqual([
    "failure",
    "### ! ModelSync: `spam` could not be judged as merged",
  ]);
  const [comment] = await local.comments(opened.get("conflicts")!.number);
  expect(comment?.body).toContain("Update the branch: merge main into it, resolve the conflict and push.");
  expect((await shown("documents")).slice(0, 2)).toEqual(["success", "### ✓ ModelSync: nothing measured changed"]);
});

it("asks again by itself when GitHub did not say in time what would be merged", async () => {
  const asked: string[] = [];
  instead = async ({ models, base, head, movedBase }) => {
    asked.push(movedBase === null ? "as usual" : "moved");
    const problem = { where: { path: "models/spam.yml" }, message: "Not said yet.", remedy: "Ask again in a minute." };
    return models.map(({ id, experiment }) => ({
      ...{ model: id, experimentPath: experiment, changed: null, comparison: null, schema: null, drift: null },
      base: { state: "absent", commit: base.commit },
      head: { state: "problems", commit: head.commit, problems: [{ code: "merge-not-ready", ...problem }] },
    }));
  };
  await open("waits", { "data/next.csv": wrecked, "docs/waits.md": "one\n" });
  expect((await shown("waits"))[0]).toBe("failure");
  expect(asked).toEqual(["as usual"]);
  instead = null;
  await sweepNow(local);
  expect((await shown("waits")).slice(0, 2)).toEqual(["failure", "### ✗ ModelSync: this change makes `spam` worse"]);
  expect(await local.callsDuring(() => sweepNow(local))).not.toContain("POST /graphql");
});

it("looks again when main moves during a review, since nobody knows yet what that reads", async () => {
  const sha = await local.commit("early", { "docs/early.md": "one\n" });
  const tips: (string | null)[] = [];
  let moved = "";
  instead = async ({ head, movedBase }) => {
    if (head.commit !== sha) return [];
    tips.push(movedBase?.tip.commit ?? null);
    if (moved !== "") return [];
    moved = await local.commit("main", { "README.md": "three\n" });
    await local.github.idle();
    return [];
  };
  await local.open("early");
  await local.settle();
  instead = null;
  expect(tips).toEqual([null, moved]);
});
