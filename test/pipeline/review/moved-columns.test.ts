import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";
import { anExperiment } from "../../support/runs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const names = ["id", "a", "b", "member", "income"] as const;
type Row = Record<(typeof names)[number], string>;

/** 600 rows: two measures that tell the label, and a flag of the same words as the label. */
function people(): Row[] {
  const random = createRandom(4);
  return Array.from({ length: 600 }, (_, row) => {
    const [a, b] = [random.normal(), random.normal()];
    const income = a + b + 0.5 * random.normal() > 0.3 ? "yes" : "no";
    return { id: `p${row}`, a: a.toFixed(4), b: b.toFixed(4), member: random.uniform() < 0.4 ? "yes" : "no", income };
  });
}

const rows = people();
const linesOf = (all: Row[], columns: readonly (keyof Row)[], header: readonly string[] | null) => [
  ...(header === null ? [] : [header.join(",")]),
  ...all.map((row) => columns.map((name) => row[name]).join(",")),
];

/** The base's columns under their names, and the head's in another order under the same ones. */
async function review(columns: (keyof Row)[], given: Partial<Experiment> = {}): Promise<ModelReview> {
  const header = given.format?.header === false ? null : names;
  const base = await aRevision(folder, "b", linesOf(rows, names, header), given);
  const head = await aRevision(folder, "h", linesOf(rows, columns, header), given);
  return reviewModel(aReviewJob(base, head));
}

const gist = ({ comparison, integrity }: ModelReview) => ({
  status: comparison?.status,
  reasons: comparison?.reasons,
  integrity: integrity?.entries.filter(({ isNew }) => isNew).map(({ kind }) => kind),
});

describe("columns that change places", () => {
  const swapped =
    'The values of the target "income" are now in "member", and 1 more column moved. Put the names of these columns back.';

  it.each<[what: string, experiment: Partial<Experiment>]>([
    ["by a key", { key: "id" }],
    ["without a key", { exclude: ["id"] }],
  ])("a target with a flag of the same words, %s: refused", async (_, experiment) => {
    const answer = gist(await review(["id", "a", "b", "income", "member"], experiment));
    expect(answer).toEqual({ status: "incomparable", reasons: [swapped], integrity: [] });
  });

  it("says how to name them in a file without a header", async () => {
    const format = { ...anExperiment().format, header: false, names: [...names] };
    const { reasons } = gist(await review(["id", "a", "b", "income", "member"], { key: "id", format }));
    const remedy = "Write format.names in the order of the file's columns, or put the columns back.";
    expect(reasons).toEqual([swapped.replace("Put the names of these columns back.", remedy)]);
  });

  it("names the base's target when the head calls another place so", async () => {
    const format = (count: number) => ({ ...anExperiment().format, header: false, names: names.slice(0, count) });
    const base = await aRevision(folder, "b", linesOf(rows, names, null), { key: "id", format: format(5) });
    const shifted = linesOf(rows, ["id", "b", "member", "income"], null);
    const head = await aRevision(folder, "h", shifted, { key: "id", target: "member", format: format(4) });
    const { reasons } = gist(await reviewModel(aReviewJob(base, head)));
    expect(reasons?.[0]).toMatch(
      /^The values of the target "income" are now in "member", which is the head's target, and 2 more columns moved\. /,
    );
  });

  it("compares when only features did, and says so first", async () => {
    const answer = gist(await review(["id", "b", "a", "member", "income"], { key: "id" }));
    expect(answer).toEqual({
      status: "compared",
      reasons: ['The values of "a" are now in "b", and those of "b" in "a". Put the names of these columns back.'],
      integrity: [],
    });
  });

  it("says nothing when the names went along", async () => {
    const order = [...names].reverse();
    const base = await aRevision(folder, "b", linesOf(rows, names, names), { key: "id" });
    const head = await aRevision(folder, "h", linesOf(rows, order, order), { key: "id" });
    const answer = await reviewModel(aReviewJob(base, head));
    expect([answer.schema?.moved, gist(answer).reasons]).toEqual([undefined, []]);
  });
});
