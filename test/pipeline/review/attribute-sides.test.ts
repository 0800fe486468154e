import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ReviewJob } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import type { Run } from "../../../pipeline/run.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = incomeLines({ rows: 1200 });
/** Half of the rows less: the hold-out rows that remain are the same. */
const fewer = lines.filter((_, at) => at === 0 || at % 2 === 0);
const withoutHours = { exclude: ["hours"] };

interface Side {
  data?: string[];
  experiment?: Partial<Experiment>;
}

async function attribution(base: Side, head: Side, change: Partial<ReviewJob> = {}) {
  const side = (commit: string, { data = lines, experiment = {} }: Side) => aRevision(folder, commit, data, experiment);
  const review = await reviewModel(aReviewJob(await side("b", base), await side("h", head), change));
  return review.comparison?.attribution;
}

describe("data and experiment changed", () => {
  it("the experiment that forgot its best column is told from the data that lost rows", async () => {
    const found = await attribution({}, { data: fewer, experiment: withoutHours });
    expect([found?.reason, found?.metrics.map(({ metric }) => metric)]).toEqual([null, ["roc_auc"]]);
    const { total, data, experiment } = found!.metrics[0]!;
    expect(experiment!.difference).toBeLessThan(-0.1);
    expect(experiment!.interval!.high).toBeLessThan(-0.1);
    expect(Math.abs(data!.difference)).toBeLessThan(0.03);
    expect(data!.difference + experiment!.difference).toBeCloseTo(total!, 12);
  });

  it("a column of times that came with the head is not needed", async () => {
    const dated = fewer.map((line, at) => `${line},${at === 0 ? "seen" : 2000 + (at % 20)}`);
    const experiment = { time: "seen", exclude: ["hours", "seen"] };
    const found = await attribution({}, { data: dated, experiment });
    expect([found?.reason, found?.metrics.map(({ metric }) => metric)]).toEqual([null, ["roc_auc"]]);
  });

  it("without a gated metric the first one of the task is attributed", async () => {
    const found = await attribution({}, { data: fewer, experiment: withoutHours }, { metrics: {} });
    expect(found?.metrics.map(({ metric }) => metric)).toEqual(["accuracy"]);
  });

  it("each experiment reads the other side's data by its own rules", async () => {
    const marked = fewer.map((line, at) => (at > 0 && at % 5 === 0 ? line.replace(/^[^,]+/, "?") : line));
    const cache = await mkdtemp(join(folder, "cache-"));
    await attribution({}, { data: marked, experiment: { missing: ["?"], exclude: ["hours"] } }, { cache });
    const entries = await Promise.all((await readdir(cache)).map((name) => readFile(join(cache, name), "utf8")));
    const runs = entries.map((entry) => JSON.parse(entry.slice(65)) as Run);
    const readAs = ({ experiment, profile }: Run) =>
      `${experiment.missing.join()} ${profile.rows} ${profile.columns[0]!.type} ${profile.columns[0]!.missing}`;
    expect(runs.map(readAs).sort()).toEqual([
      " 1200 numeric 0",
      " 600 categorical 0",
      "? 1200 numeric 0",
      "? 600 numeric 120",
    ]);
  });

  it("four runs are kept, and found again", async () => {
    const cache = await mkdtemp(join(folder, "cache-"));
    const first = await attribution({}, { data: fewer, experiment: withoutHours }, { cache });
    const names = await readdir(cache);
    const second = await attribution({}, { data: fewer, experiment: withoutHours }, { cache });
    expect([names.length, (await readdir(cache)).length, second]).toEqual([4, 4, first]);
  });

  it("a column that one side does not have is the reason why nothing is attributed", async () => {
    const wider = lines.map((line, at) => `${line},${at === 0 ? "city" : at % 3 ? "Ulm" : "Bonn"}`);
    const found = await attribution({}, { data: wider, experiment: { features: ["age", "city"] } });
    expect(found).toEqual({
      rows: 0,
      reason: expect.stringMatching(/^the head's experiment cannot be run on the base's data: .*city|column/),
      metrics: [],
    });
  });
});

describe("there is nothing to attribute when", () => {
  it.each<[string, Side, Side]>([
    ["nothing changed", {}, {}],
    ["only the data changed", {}, { data: fewer }],
    ["only the experiment changed", {}, { experiment: withoutHours }],
    ["the data moved to another path", {}, { data: fewer, experiment: { data: "data/2026.csv" } }],
    ["the sides cannot be compared", {}, { data: fewer, experiment: { target: "sex", positive: "Male" } }],
  ])("%s", async (_, base, head) => {
    expect(await attribution(base, head)).toBe(undefined);
  });
});
