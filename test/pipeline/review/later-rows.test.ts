import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Reading {
  day: number;
  a: number;
  b: number;
  income: string;
}

/** One reading a day, of which both measures tell the label. */
function readings(): Reading[] {
  const random = createRandom(6);
  return Array.from({ length: 1200 }, (_, day) => {
    const [a, b] = [random.normal(), random.normal()];
    return { day, a, b, income: 2 * a + b + random.normal() > 0 ? "yes" : "no" };
  });
}

const all = readings();
const before = all.slice(0, 900);
const date = (day: number) => new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
const toLines = (rows: Reading[]) => [
  "day,a,b,income",
  ...rows.map(({ day, a, b, income }) => `${date(day)},${a.toFixed(4)},${b.toFixed(4)},${income}`),
];
const withoutA = (rows: Reading[]) => toLines(rows).map((line) => line.split(",").toSpliced(1, 1).join(","));

async function review(
  base: string[],
  head: string[],
  headExperiment: Partial<Experiment> = {},
  cache: string | null = null,
  baseExperiment: Partial<Experiment> = {},
): Promise<ModelReview> {
  const split = { by: "time", column: "day", holdout: 0.25, seed: 42 } as const;
  const same = { split, exclude: ["day"] };
  const sides = [
    await aRevision(folder, "b", base, { ...same, ...baseExperiment }),
    await aRevision(folder, "h", head, { ...same, ...headExperiment }),
  ] as const;
  return reviewModel(aReviewJob(...sides, { cache }));
}

const auc = ({ comparison }: ModelReview) => comparison?.metrics.find(({ metric }) => metric === "roc_auc");
/** A quarter of 1,200 days. */
const reason = `The rows are split by time: both models learned from rows before "${date(900)}" and are judged on the head's 300 rows from then on.`;

describe("later rows that move the cut of a split by time", () => {
  it("judge both models, which learned from the rows before them", async () => {
    const answer = await review(toLines(before), toLines(all));
    expect(answer.comparison).toMatchObject({ status: "compared", reasons: [reason] });
    expect(answer.comparison?.holdout).toMatchObject({ base: 300, head: 300, common: 300 });
    // the head's training rows are all of the base's
    expect(auc(answer)).toMatchObject({ difference: 0, verdict: "no-detectable-change" });
    const trained = [answer.base, answer.head].map((side) => (side.state === "ran" ? side.run.rows.train : null));
    expect(trained).toEqual([900, 900]);
  });

  it("show an experiment that forgot its best column, and tell it from the data", async () => {
    const answer = await review(toLines(before), toLines(all), { exclude: ["day", "a"] });
    expect([answer.comparison?.status, auc(answer)?.verdict]).toEqual(["compared", "regressed"]);
    const { reason: why, rows, metrics } = answer.comparison!.attribution!;
    expect([why, rows]).toEqual([null, 300]);
    expect(metrics[0]!.data!.difference).toBe(0);
    expect(metrics[0]!.experiment!.difference).toBeCloseTo(auc(answer)!.difference!, 12);
  });

  it("never teach the base what happened after the cut", async () => {
    const answer = await review(toLines(before), toLines([...before, ...all.slice(1100)]));
    // a quarter of 1,000 rows: 100 new ones and the last 150 that the base had
    const trained = [answer.base, answer.head].map((side) => (side.state === "ran" ? side.run.rows.train : null));
    expect(trained).toEqual([750, 750]);
    expect(answer.comparison?.holdout).toMatchObject({ base: 250, head: 250, common: 250 });
  });

  it("give the same from the cache", async () => {
    const cache = await mkdtemp(join(folder, "cache-"));
    const first = await review(toLines(before), toLines(all), { exclude: ["day", "a"] }, cache);
    const second = await review(toLines(before), toLines(all), { exclude: ["day", "a"] }, cache);
    expect(second.comparison).toEqual(first.comparison);
    expect(second.base).toMatchObject({ cached: true });
  });

  it("cannot judge a base that learns from a column which the head has no more", async () => {
    const answer = await review(toLines(before), withoutA(all));
    expect([answer.comparison?.status, auc(answer)?.verdict]).toEqual(["incomparable", "incomparable"]);
    expect(answer.comparison?.reasons.at(-1)).toBe(
      'The base cannot be run that way: Column "a" is not in the data of both sides, or is not read as the same type.',
    );
  });

  it("judge a base that dates its rows by a column which the head has no more", async () => {
    const seen = toLines(before).map((line, at) => `${line},${at === 0 ? "seen" : line.slice(0, 10)}`);
    const answer = await review(seen, toLines(all), {}, null, {
      time: "seen",
      split: { holdout: 0.25, seed: 42 },
      exclude: ["day", "seen"],
    });
    expect([answer.comparison?.status, answer.comparison?.reasons.at(-1)]).toEqual(["compared", reason]);
    // the base's own random hold-out mixed both periods; the head's does not
    expect(answer.integrity?.entries.filter(({ kind }) => kind === "date-overlap")).toEqual([]);
  });

  it("do not judge a base whose rows mean something else in the head", async () => {
    const answer = await review(toLines(before), toLines(before.map((row) => ({ ...row, a: 10 * row.a }))));
    expect(auc(answer)).toMatchObject({ verdict: "no-detectable-change" });
    expect(answer.comparison?.reasons).toEqual([
      'Hardly any row has the same content on both sides, because "a" changed. The columns "day", "b" did not change and name the rows.',
    ]);
  });

  it("tell how many rows the head removed from what the base was judged on", async () => {
    const kept = all.filter(({ day }) => day < 850 || day >= 900);
    const answer = await review(toLines(before), toLines(kept));
    expect(answer.comparison?.reasons.at(-1)).toBe(
      "50 of the 225 base hold-out rows are no longer in the data, or have other content.",
    );
  });
});
