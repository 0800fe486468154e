import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** 600 rows without their key: two measures that tell the label. */
function measures(seed: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: 600 }, () => {
    const [a, b] = [random.normal(), random.normal()];
    return `${a.toFixed(4)},${b.toFixed(4)},${a + b + 0.5 * random.normal() > 0.3 ? "yes" : "no"}`;
  });
}

const rows = measures(4);
const kept = rows.filter((_, row) => row !== 100);

/** Each row with the key that `keyOf` gives to its place. */
const keyed = (all: string[], keyOf: (at: number) => number) => [
  "id,a,b,income",
  ...all.map((row, at) => `${keyOf(at)},${row}`),
];

async function review(head: string[], base = keyed(rows, (at) => at)): Promise<ModelReview> {
  const side = (commit: string, data: string[]) => aRevision(folder, commit, data, { key: "id" });
  return reviewModel(aReviewJob(await side("b", base), await side("h", head)));
}

const auc = ({ comparison }: ModelReview) => comparison?.metrics.find(({ metric }) => metric === "roc_auc");

describe("keys that were given to other rows", () => {
  it.each([
    ["shuffled", keyed(rows, (at) => (at * 7) % 600), "594", 0],
    ["counted from 1 instead of 0", keyed(rows, (at) => at + 1), "599", 0],
    ["counted anew after a row was removed", keyed(kept, (at) => at), "499", 1],
  ])("are no names of rows when they are %s", async (_, head, count, removed) => {
    const answer = await review(head);
    expect(answer.comparison?.status).toBe("compared");
    expect(answer.comparison?.reasons[0]).toBe(
      `In ${count} rows the key "id" is that of another row of the base, so the other columns name the rows.`,
    );
    expect(auc(answer)?.verdict).toBe("no-detectable-change");
    expect(answer.schema).toMatchObject({
      rows: { added: 0, removed, common: 600 - removed },
      rewritten: [{ column: "id" }],
    });
    expect(answer.schema?.cells).toBeUndefined();
    expect(answer.integrity?.entries.map(({ kind }) => kind)).toEqual([]);
  });

  it("still name rows that were moved, edited or added", async () => {
    const edited = rows.map((row, at) => (at % 10 === 0 ? row.replace(/^./, "9") : row));
    const head = keyed(edited, (at) => at);
    const answer = await review([head[0]!, ...head.slice(1).reverse(), `600,${measures(5)[0]}`]);
    expect(answer.comparison?.reasons).toEqual([]);
    expect(answer.schema?.rows).toEqual({ base: 600, head: 601, added: 1, removed: 0, changed: 60, common: 540 });
    expect(answer.schema?.rewritten).toBeUndefined();
  });

  it("still name rows where the content of one is that of many", async () => {
    const coarse = rows.map((row, at) => `${at % 2},${at % 3},${row.split(",")[2]}`);
    const answer = await review(
      keyed(coarse, (at) => (at + 6) % 600),
      keyed(coarse, (at) => at),
    );
    expect(answer.schema?.rewritten).toBeUndefined();
  });
});

describe("running numbers that are no key and were made anew", () => {
  const shuffled = keyed(rows, (at) => (at * 7) % 600);
  const shorter = keyed(
    rows.filter((_, row) => row % 10 !== 0),
    (at) => at,
  );
  it.each([
    ["shuffled, as a feature", shuffled, []],
    ["shuffled, excluded", shuffled, ["id"]],
    ["counted anew, as a feature", shorter, []],
    ["counted anew, excluded", shorter, ["id"]],
  ])("leave the rows to the other columns: %s", async (_, head, exclude) => {
    const side = (commit: string, data: string[]) => aRevision(folder, commit, data, { exclude });
    const base = keyed(rows, (at) => at);
    const { comparison, schema } = await reviewModel(aReviewJob(await side("b", base), await side("h", head)));
    expect([comparison?.status, comparison?.reasons[0], schema?.rewritten]).toEqual([
      "compared",
      'Hardly any row has the same content on both sides, because "id" changed. The columns "a", "b" did not change and name the rows.',
      [{ column: "id" }],
    ]);
  });
});
