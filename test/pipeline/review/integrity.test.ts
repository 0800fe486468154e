import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { modelReviewSchema } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import type { Revision } from "../../../pipeline/review/revision.ts";
import { revisionData } from "../../../pipeline/revision-data.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { anExperiment } from "../../support/runs.ts";

const random = createRandom("integrity of a review");
/** 600 rows whose target follows `signal` in most cases. */
const rows = Array.from({ length: 600 }, (_, row) => {
  const signal = random.normal();
  return { signal, noise: random.normal(), target: signal + random.normal() > 0 ? "yes" : "no", row };
});
type Row = (typeof rows)[number];

function csv(columns: Record<string, (row: Row) => string | number>): string {
  const lines = rows.map((row) =>
    Object.values(columns)
      .map((cell) => cell(row))
      .join(","),
  );
  return `${[Object.keys(columns).join(","), ...lines].join("\n")}\n`;
}

const plain = {
  signal: (row: Row) => row.signal,
  noise: (row: Row) => row.noise,
  target: (row: Row) => row.target,
};
const dated = { ...plain, day: (row: Row) => `2024-${1 + (row.row % 12) < 10 ? "0" : ""}${1 + (row.row % 12)}-15` };
const byTime = { by: "time", column: "day", holdout: 0.25, seed: 42 } as const;
const byGroup = { by: "group", column: "day", holdout: 0.25, seed: 42 } as const;
const overlapping = (isNew: boolean | null, column = "day") => ["date-overlap", column, isNew];
const leaking = { ...plain, outcome: (row: Row) => (row.target === "yes" ? "paid" : "open") };

async function review(
  base: string | null,
  head: string | null,
  experiments: Partial<Record<"base" | "head", Partial<Experiment>>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const revision = (side: "base" | "head", text: string | null): Revision => {
    const commit = side;
    if (text === null) return { state: "absent", commit };
    const file = join(folder, `${side}.csv`);
    writeFileSync(file, text);
    const data = revisionData([{ path: "data.csv", file, blob: text === base ? "same" : side, size: text.length }]);
    return { state: "ready", commit, experiment: anExperiment(experiments[side]), data };
  };
  return reviewModel({
    model: "m",
    experimentPath: "e.yml",
    base: revision("base", base),
    head: revision("head", head),
    metrics: {},
    sliceColumns: [],
    slices: [],
    drift: defaultDriftOptions,
    level: 0.95,
    cache: null,
  });
}

const told = ({ integrity }: Awaited<ReturnType<typeof review>>) =>
  integrity && [integrity.compared, ...integrity.entries.map(({ kind, column, isNew }) => [kind, column, isNew])];

describe("a review tells", () => {
  it.each<[what: string, base: string | null, head: string | null, sides: Parameters<typeof review>[2], told: unknown]>(
    [
      ["nothing wrong", csv(plain), csv(plain), {}, [true]],
      ["a leak that came with the data", csv(plain), csv(leaking), {}, [true, ["target-copy", "outcome", true]]],
      [
        "a leak that came with the experiment",
        csv(leaking),
        csv(leaking),
        { base: { exclude: ["outcome"] } },
        [true, ["target-copy", "outcome", true]],
      ],
      ["a leak that was there", csv(leaking), csv(leaking), {}, [true, ["target-copy", "outcome", false]]],
      ["a leak that went", csv(leaking), csv(plain), {}, [true]],
      ["a leak in a new model", null, csv(leaking), {}, [false, ["target-copy", "outcome", null]]],
      [
        "a leak on a base that does not run",
        csv(leaking),
        csv(leaking),
        { base: { target: "absent" } },
        [false, ["target-copy", "outcome", null]],
      ],
      ["nothing of a head that does not run", csv(plain), csv(leaking), { head: { target: "absent" } }, null],
      ["nothing of a head that is gone", csv(plain), null, {}, null],
      [
        "a renamed leak as known",
        csv(leaking),
        csv({ ...plain, state: leaking.outcome }),
        {},
        [true, ["target-copy", "state", false]],
      ],
      [
        "training on the period of the hold-out when the column of times came",
        csv(plain),
        csv(dated),
        { head: { time: "day", exclude: ["day"] } },
        [true, overlapping(true)],
      ],
      [
        "an overlap that nobody had named",
        csv(dated),
        csv(dated),
        { base: { exclude: ["day"] }, head: { time: "day", exclude: ["day"] } },
        [true, overlapping(false)],
      ],
      [
        "an overlap that is no longer named",
        csv(dated),
        csv(dated),
        { base: { time: "day", exclude: ["day"] }, head: { exclude: ["day"] } },
        [true, overlapping(false)],
      ],
      [
        "a split by time that was given up",
        csv(dated),
        csv(dated),
        { base: { split: byTime, exclude: ["day"] }, head: { exclude: ["day"] } },
        [true, overlapping(true)],
      ],
      [
        "nothing of a split by time that came",
        csv(dated),
        csv(dated),
        { base: { time: "day", exclude: ["day"] }, head: { time: "day", split: byTime, exclude: ["day"] } },
        [true],
      ],
      [
        "an overlap of a renamed column as known",
        csv(dated),
        csv({ ...plain, date: dated.day }),
        { base: { time: "day", exclude: ["day"] }, head: { time: "date", exclude: ["date"] } },
        [true, overlapping(false, "date")],
      ],
      [
        "whole groups of one period",
        null,
        csv({ ...dated, group: ({ row }) => `g${row % 40}` }),
        { head: { time: "day", split: { ...byGroup, column: "group" }, exclude: ["day", "group"] } },
        [false, overlapping(null)],
      ],
      [
        "times that the base cannot read",
        csv({ ...plain, day: () => "some day" }),
        csv(dated),
        { base: { exclude: ["day"] }, head: { time: "day", exclude: ["day"] } },
        [true, overlapping(true)],
      ],
      [
        "nothing of a head whose times cannot be read",
        csv(dated),
        csv({ ...dated, day: (row: Row) => (row.row === 3 ? "15.03.2024" : dated.day(row)) }),
        { base: { time: "day", exclude: ["day"] }, head: { time: "day", exclude: ["day"] } },
        null,
      ],
      [
        "copies that a row number keeps apart",
        csv(plain),
        csv({
          signal: ({ row }) => rows[row % 200]!.signal,
          noise: ({ row }) => rows[row % 200]!.noise,
          target: ({ row }) => rows[row % 200]!.target,
          id: ({ row }) => row,
        }),
        { base: { key: null }, head: { key: "id" } },
        [true, ["holdout-in-training", null, true], ["repeated-rows", null, true]],
      ],
    ],
  )("%s", async (_, base, head, sides, expected) => {
    const reviewed = await review(base, head, sides);
    expect(told(reviewed)).toEqual(expected);
    expect(modelReviewSchema.parse(JSON.parse(JSON.stringify(reviewed)))).toEqual(JSON.parse(JSON.stringify(reviewed)));
  });
});
