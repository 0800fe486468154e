import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowHashes } from "../../pipeline/match/row-hashes.ts";
import { ways } from "../../pipeline/match/ways/name-rows.ts";
import type { Way } from "../../pipeline/match/ways/way.ts";
import type { ReviewJob } from "../../pipeline/review/model-review.ts";
import { reviewModel } from "../../pipeline/review/review-model.ts";
import { made } from "../support/examined.ts";
import { aReviewJob, aRevision } from "../support/review-jobs.ts";

// A rare case that no way knows: every row has one other cell, and every column some, so that neither content nor
// columns that stayed find the rows again. One way in the list, and every consumer has it.
const nearlyUnchanged: Way = {
  name: "nearly-unchanged",
  find(tables) {
    const columns = ["site"];
    const { pairs } = tables.pair(columns);
    return {
      columns,
      pairs: () => pairs,
      names: () => rowHashes(tables.head, columns),
      convincing: pairs.base.length > 0.9 * tables.base.rowCount,
      doubts: [{ kind: "columns-written-anew", changed: ["age", "size"], naming: columns }],
    };
  },
};

let job: ReviewJob;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-way-"));
  const rows = made(600, (row, uniform) => ({ site: 1000 + row, age: row / 7, size: uniform }));
  const file = (
    cell: (column: string, row: number, was: number) => number,
    label: (row: number, was: string) => string,
  ) => [
    "site,age,size,income",
    ...rows.map(
      ({ site, age, size }, row) =>
        `${cell("site", row, site)},${cell("age", row, age)},${cell("size", row, size)},${label(row, size > 0.6 ? "yes" : "no")}`,
    ),
  ];
  const edited = (column: string, row: number, was: number) =>
    ["age", "size", "age"][row % 3] === column || (column === "site" && row % 100 === 0) ? was + 0.001953125 : was;
  job = aReviewJob(
    await aRevision(
      folder,
      "base",
      file(
        (_column, _row, was) => was,
        (_row, was) => was,
      ),
    ),
    await aRevision(
      folder,
      "head",
      file(edited, (row, was) => (row % 60 === 1 ? "" : was)),
    ),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const told = async () => {
  const { comparison, integrity } = await reviewModel(job);
  return {
    status: comparison?.status,
    enough: (comparison?.holdout.common ?? 0) > 100,
    told: comparison?.reasons.some((reason) => reason.includes('Column "site" did not change and names the rows.')),
    lost: (integrity?.entries ?? []).flatMap(({ kind, evidence }) => (kind === "labels-lost" ? [evidence] : [])),
  };
};

it("a new way of naming rows is one entry of one list", async () => {
  expect(await told()).toEqual({ status: "incomparable", enough: false, told: false, lost: [] });
  const list = ways as Way[];
  list.push(nearlyUnchanged);
  try {
    expect(await told()).toEqual({
      status: "compared",
      enough: true,
      told: true,
      lost: [{ rows: 10, share: 10 / 600 }],
    });
  } finally {
    list.pop();
  }
});
