import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Anchor } from "../../../pipeline/review/anchor.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import type { Revision } from "../../../pipeline/review/revision.ts";
import { aProblem } from "../../support/facts.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = incomeLines({ rows: 1200 });
const revision = (commit: string, exclude: string[] = [], data = lines) => aRevision(folder, commit, data, { exclude });
const at = (one: Revision): Anchor => ({ ref: "v1", changes: null, metrics: ["roc_auc"], revision: one });

async function anchorsOf(base: Revision, head: Revision, ...anchors: Anchor[]) {
  const metrics = { roc_auc: { tolerance: 0.005 }, accuracy: { tolerance: 0.005 } };
  return (await reviewModel(aReviewJob(base, head, { metrics, anchors }))).anchors;
}

it("an anchor is compared with the head as the base would be, and only in its metrics", async () => {
  const [earlier, base, head] = [await revision("a"), await revision("b", ["sex"]), await revision("h", ["hours"])];
  const asBase = (await reviewModel(aReviewJob(earlier, head))).comparison!.metrics.find(
    ({ metric }) => metric === "roc_auc",
  )!;
  const found = await anchorsOf(base, head, at(earlier));
  expect(found).toEqual([
    {
      ...{ ref: "v1", changes: null, metrics: ["roc_auc"], commit: "a", state: "compared" },
      compared: [{ ...asBase, adjustedP: expect.any(Number), smallestDetectable: expect.any(Number) }],
    },
  ]);
  expect(asBase.verdict).toBe("regressed");
});

it("rows that were dropped since the anchor are judged with and without", async () => {
  const [base, head] = [
    await revision("b", [], lines.slice(0, 1100)),
    await revision("h", ["hours"], lines.slice(0, 1000)),
  ];
  const [found] = (await anchorsOf(base, head, at(await revision("a"))))!;
  const judged = found?.state === "compared" ? [found.compared, found.kept] : [];
  expect(judged.map((metrics) => metrics?.map(({ metric, verdict }) => `${metric} ${verdict}`))).toEqual([
    ["roc_auc regressed"],
    ["roc_auc regressed"],
  ]);
});

it("an anchor that can't be run or compared says why, and nothing else changes", async () => {
  const [base, head] = [await revision("b"), await revision("h", ["hours"])];
  const other = { target: "sex", positive: "Male" };
  const found = await anchorsOf(
    base,
    head,
    at({ state: "problems", commit: "x", problems: [aProblem()] }),
    at(await aRevision(folder, "y", lines, { target: "nothing" })),
    at(await aRevision(folder, "z", lines, other)),
  );
  const why = found!.map((one) => [
    one.commit,
    one.state,
    one.state === "problems"
      ? one.problems.map(({ code }) => code)
      : one.state === "incomparable" && one.reasons.length,
  ]);
  expect(why).toEqual([
    ["x", "problems", ["target-absent"]],
    ["y", "problems", ["target-absent"]],
    ["z", "incomparable", 2],
  ]);
});
