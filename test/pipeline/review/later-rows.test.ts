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

const aucOf = (comparison: ModelReview["headView"]) => comparison?.metrics.find(({ metric }) => metric === "roc_auc");
const auc = ({ comparison }: ModelReview) => aucOf(comparison);
const trained = ({ base, head }: ModelReview) =>
  [base, head].map((side) => (side.state === "ran" ? side.run.rows.train : null));
/** What judges by the base and by the head: how many rows, and how the head's model comes out. */
const views = ({ comparison, headView }: ModelReview) =>
  [comparison, headView].map((view) => {
    const { base, head, common } = view?.holdout ?? {};
    return { status: view?.status, rows: [base, head, common], verdict: aucOf(view)?.verdict };
  });
const compared = (rows: number[], verdict: string) => ({ status: "compared", rows, verdict });

describe("later rows that move the cut of a split by time", () => {
  it("are shown beside the base's, and teach neither model", async () => {
    const answer = await review(toLines(before), toLines(all));
    expect(views(answer)).toEqual([
      compared([225, 300, 225], "no-detectable-change"),
      compared([300, 300, 300], "no-detectable-change"),
    ]);
    // whatever judges, both models learned from the same rows
    expect([auc(answer)?.difference, aucOf(answer.headView)?.difference]).toEqual([0, 0]);
    expect([answer.comparison?.reasons, answer.yardstick]).toEqual([[], []]);
    expect(trained(answer)).toEqual([675, 900]);
  });

  it("show an experiment that forgot its best column, and tell it from the data", async () => {
    const answer = await review(toLines(before), toLines(all), { exclude: ["day", "a"] });
    expect(views(answer)).toEqual([compared([225, 300, 225], "regressed"), compared([300, 300, 300], "regressed")]);
    const { reason: why, rows, metrics } = answer.comparison!.attribution!;
    expect([why, rows]).toEqual([null, 225]);
    expect(metrics[0]!.data!.difference).toBe(0);
    expect(metrics[0]!.experiment!.difference).toBeCloseTo(auc(answer)!.difference!, 12);
  });

  it("never teach a model what happened after the cut that judges", async () => {
    const answer = await review(toLines(before), toLines([...before, ...all.slice(1100)]));
    expect(views(answer)).toEqual([
      compared([225, 250, 225], "no-detectable-change"),
      // a quarter of 1,000 rows: 100 new ones and the last 150 that the base had
      compared([250, 250, 250], "no-detectable-change"),
    ]);
    expect([auc(answer)?.difference, aucOf(answer.headView)?.difference]).toEqual([0, 0]);
    expect(trained(answer)).toEqual([675, 750]);
  });

  it("give the same from the cache", async () => {
    const cache = await mkdtemp(join(folder, "cache-"));
    const first = await review(toLines(before), toLines(all), { exclude: ["day", "a"] }, cache);
    const second = await review(toLines(before), toLines(all), { exclude: ["day", "a"] }, cache);
    expect([second.comparison, second.headView]).toEqual([first.comparison, first.headView]);
    expect(second.base).toMatchObject({ cached: true });
  });

  it("cannot show a base that learns from a column which the head has no more, which is judged all the same", async () => {
    const answer = await review(toLines(before), withoutA(all));
    expect(views(answer)).toEqual([
      compared([225, 300, 225], "regressed"),
      { status: "incomparable", rows: [0, 0, 0], verdict: undefined },
    ]);
    expect(answer.headView?.reasons).toEqual([
      'The base cannot be run that way: Column "a" is not in the data of both sides, or is not read as the same type.',
    ]);
  });

  it("show a base that dates its rows by a column which the head has no more", async () => {
    const seen = toLines(before).map((line, at) => `${line},${at === 0 ? "seen" : line.slice(0, 10)}`);
    const answer = await review(seen, toLines(all), {}, null, {
      time: "seen",
      split: { holdout: 0.25, seed: 42 },
      exclude: ["day", "seen"],
    });
    expect(views(answer)).toEqual([
      compared([237, 300, 237], "no-detectable-change"),
      compared([300, 300, 300], "no-detectable-change"),
    ]);
    expect(answer.yardstick).toEqual([{ kind: "split", from: "by row", to: "by time (day)" }]);
    // the base's own random hold-out mixed both periods; the head's does not
    expect(answer.integrity?.entries.filter(({ kind }) => kind === "date-overlap")).toEqual([]);
  });

  it("do not judge a base whose rows mean something else in the head", async () => {
    const answer = await review(toLines(before), toLines(before.map((row) => ({ ...row, a: 10 * row.a }))));
    expect([auc(answer)?.verdict, answer.headView]).toEqual(["no-detectable-change", null]);
    expect(answer.comparison?.reasons).toEqual([
      'Hardly any row has the same content on both sides, because "a" changed. The columns "day", "b" did not change and name the rows.',
    ]);
  });

  it("tell how many rows the head removed from what the base was judged on, and judge them too", async () => {
    const kept = all.filter(({ day }) => day < 850 || day >= 900);
    const answer = await review(toLines(before), toLines(kept));
    expect(answer.comparison?.reasons).toEqual([
      "50 of the 225 base hold-out rows (22 %) are gone, and judged as the base has them. On them the base's model is right in 90 % and the head's in 90 %, elsewhere in 84 % and 84 %.",
    ]);
    expect(views(answer)).toEqual([
      compared([225, 288, 225], "no-detectable-change"),
      compared([288, 288, 288], "no-detectable-change"),
    ]);
    expect(answer.comparison?.kept?.rows).toBe(175);
  });
});
