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

interface Row {
  seen: string;
  a: number;
  b: number;
  kind: string;
  income: string;
}

/** 600 rows without a key: the time of a reading, two measures and a kind, of which the measures tell the label. */
function readings(): Row[] {
  const random = createRandom(4);
  return Array.from({ length: 600 }, (_, row) => {
    const [a, b] = [random.normal(), random.normal()];
    const income = a + b + 0.5 * random.normal() > 0.3 ? "yes" : "no";
    return { seen: `2024-01-01 00:00:${row}`, a, b, kind: ["x", "y"][row % 2]!, income };
  });
}

const rows = readings();
const toLines = (all: Row[]) => [
  "seen,a,b,kind,income",
  ...all.map(({ seen, a, b, kind, income }) => `${seen},${a.toFixed(4)},${b.toFixed(4)},${kind},${income}`),
];

async function review(change: (row: Row) => Partial<Row>, experiment: Partial<Experiment> = {}): Promise<ModelReview> {
  const head = rows.map((row) => ({ ...row, ...change(row) }));
  const side = (commit: string, data: Row[]) =>
    aRevision(folder, commit, toLines(data), { exclude: ["seen"], ...experiment });
  return reviewModel(aReviewJob(await side("b", rows), await side("h", head)));
}

const gist = ({ comparison }: ModelReview) => ({
  status: comparison?.status,
  verdict: comparison?.metrics.find(({ metric }) => metric === "roc_auc")?.verdict,
  reasons: comparison?.reasons,
});

describe("a column that is written anew", () => {
  it.each<[what: string, change: (row: Row) => Partial<Row>, reason: string]>([
    [
      "is excluded: times in another format",
      ({ seen }) => ({ seen: seen.replace(" ", "T") }),
      'Hardly any row has the same content on both sides, because "seen" changed. The columns "a", "b", "kind" did not change and name the rows.',
    ],
    [
      "is a feature in another unit",
      ({ a }) => ({ a: 10 * a }),
      'Hardly any row has the same content on both sides, because "a" changed. The columns "b", "kind" did not change and name the rows.',
    ],
  ])("%s", async (_, change, reason) => {
    const answer = await review(change);
    expect(gist(answer)).toEqual({ status: "compared", verdict: "no-detectable-change", reasons: [reason] });
    // the head's own hold-out, by what its rows hold now, is another one
    const { base, head, common } = answer.comparison!.holdout;
    const own = [answer.base, answer.head].map((side) => (side.state === "ran" ? side.run.rows.holdout : null));
    expect({ common, own: [base, head] }).toEqual({ common: base, own });
    expect(answer.schema?.rewritten).toEqual([{ column: reason.match(/"(.+?)"/)![1] }]);
  });

  it("is not told when most rows are as they were, or nothing else finds them", async () => {
    const some = await review(({ seen, a }) => (seen.endsWith("7") ? {} : { a: 10 * a }));
    const all = await review(({ seen, a, b }) => ({ seen: `at ${seen}`, a: 10 * a, b: 10 * b }));
    const mixed = await review((row) => ({ seen: `at ${row.seen}`, a: rows[(7 * rows.indexOf(row) + 3) % 600]!.a }));
    expect([some, all, mixed].map(({ schema }) => schema?.rewritten)).toEqual([undefined, undefined, undefined]);
  });

  it("leaves nothing that tells the rows apart: incomparable, with what to do", async () => {
    expect(gist(await review(({ a, b }) => ({ a: 10 * a, b: 10 * b })))).toEqual({
      status: "incomparable",
      verdict: "incomparable",
      reasons: [
        "Of the base's 600 rows, none is in the head with the same content.",
        "No row is in the hold-out of both sides. Declare a key column that names a row in both revisions, and keep the split's share and seed.",
      ],
    });
  });

  it("is compared as before when new rows come along", async () => {
    const more = rows.slice(0, 100).map((row) => ({ ...row, a: row.a + 1, b: row.b + 2 }));
    const head = [...rows, ...more].map((row) => ({ ...row, seen: row.seen.replace(" ", "T") }));
    const side = (commit: string, data: Row[]) => aRevision(folder, commit, toLines(data), { exclude: ["seen"] });
    const { comparison } = await reviewModel(aReviewJob(await side("b", rows), await side("h", head)));
    expect([comparison?.status, comparison?.holdout.common]).toEqual(["compared", comparison?.holdout.base]);
  });
});

describe("the label of every row changed, without a key", () => {
  it("swapped classes are seen", async () => {
    const answer = await review(({ income }) => ({ income: income === "yes" ? "no" : "yes" }));
    expect(gist(answer)).toMatchObject({ status: "incomparable", verdict: "incomparable" });
    expect(answer.comparison?.reasons.join(" ")).toMatch(
      /^The label of (\d+) of the \1 rows that both sides hold out changed: "no" became "yes" in \d+, "yes" became "no" in \d+\. So /,
    );
  });

  it("classes that were swapped one for one are seen", async () => {
    const even = rows.map((row, at) => ({ ...row, income: at % 2 ? "yes" : "no" }));
    const odd = rows.map((row, at) => ({ ...row, income: at % 2 ? "no" : "yes" }));
    const side = (commit: string, data: Row[]) => aRevision(folder, commit, toLines(data), { exclude: ["seen"] });
    const { comparison } = await reviewModel(aReviewJob(await side("b", even), await side("h", odd)));
    expect(comparison?.reasons.join(" ")).toMatch(
      /^The label of (\d+) of the \1 rows that both sides hold out changed: /,
    );
  });

  it("renamed classes are seen", async () => {
    const answer = await review(({ income }) => ({ income: income === "yes" ? "1" : "0" }), { positive: null });
    expect(gist(answer)).toMatchObject({ status: "incomparable", verdict: "incomparable" });
    expect(answer.comparison?.reasons.join(" ")).toMatch(
      /^The values of the target changed from "no", "yes" to "0", "1"\. The label of (\d+) of the \1 rows that both sides hold out changed: "no" became "0" in \d+, "yes" became "1" in \d+\. Keep their spelling, /,
    );
  });
});
