import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { examineSide } from "../../../pipeline/integrity/examined-side.ts";
import { readTable } from "../../../pipeline/read/read-table.ts";
import { runExperiment } from "../../../pipeline/run.ts";
import { examine } from "../../support/matches.ts";
import { referenceData } from "../../support/reference-data.ts";
import { anExperiment } from "../../support/runs.ts";

/** A real table as an experiment on it sees it. */
async function examined(file: string, given: Partial<Experiment>) {
  const experiment = anExperiment(given);
  const read = await readTable(referenceData(file) ?? file, "data.csv", experiment.format, experiment);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const run = runExperiment({ experiment, experimentPath: "e.yml", dataBlob: file, ...read.value, notes: read.notes });
  if (!run.ok) throw new Error(JSON.stringify(run.problems));
  return examineSide(read.value, run.value)!;
}

async function told(head: ReturnType<typeof examined>, base: ReturnType<typeof examined> | null = null) {
  const { entries } = examine(await head, await base);
  return entries
    .filter(({ kind, value }) => kind !== "single-predictor" || value >= 0.99)
    .map(({ kind, column, isNew, description }) => [kind, column, isNew, description]);
}

const headless = (names: string[]) => ({ ...anExperiment().format, header: false, names });
const titanic = "tables/titanic/titanic.csv";
const repeated = "107 of 891 rows (12 %) repeat another one";
const copy = '"no" is "0", "yes" is "1"';

describe.runIf(referenceData(titanic))("titanic", () => {
  it("alive is the target under other names", async () => {
    expect(await told(examined(titanic, { target: "survived" }))).toEqual([
      ["target-copy", "alive", null, copy],
      ["repeated-rows", null, null, repeated],
    ]);
  });

  it("only a change that makes it a feature is to blame", async () => {
    const without = examined(titanic, { target: "survived", exclude: ["alive"] });
    const withIt = examined(titanic, { target: "survived" });
    expect(await told(withIt, without)).toEqual([
      ["target-copy", "alive", true, copy],
      ["repeated-rows", null, false, repeated],
    ]);
    const kinds = (await told(without, withIt)).map(([kind]) => kind);
    expect(kinds).toEqual(["repeated-rows", "conflicting-labels"]);
  });

  it("class tells pclass", async () => {
    expect((await told(examined(titanic, { target: "pclass" })))[0]).toEqual([
      "target-copy",
      "class",
      null,
      '"First" is "1", "Second" is "2", "Third" is "3"',
    ]);
  });
});

const heart = "awkward/heart_disease_oversampled/heart.csv";
describe.runIf(referenceData(heart))("heart disease, oversampled", () => {
  const copies = ["repeated-rows", null, null, "1,026 of 1,328 rows (77 %) repeat another one"];

  it("by content, all copies are on one side of the split", async () => {
    expect(await told(examined(heart, { target: "target" }))).toEqual([copies]);
  });

  it("with a row number, they straddle it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const lines = readFileSync(referenceData(heart)!, "utf8").trimEnd().split(/\r?\n/);
    const numbered = join(folder, "numbered.csv");
    writeFileSync(numbered, lines.map((line, row) => `${row === 0 ? "row" : row},${line}`).join("\n"));
    expect(await told(examined(numbered, { target: "target" }))).toEqual([
      ["holdout-in-training", null, null, '316 of 321 hold-out rows (98 %) are in training too, leaving "row" aside'],
      ["id-like", "row", null, "distinct in 100 % of the rows that have a value"],
      copies,
    ]);
  });
});

const missing = ["changes/bcw_missing_changed/before.csv", "changes/bcw_missing_changed/after.csv"] as const;
describe.runIf(referenceData(missing[0]))("breast cancer, ? made empty", () => {
  const names = ["id", "a", "b", "c", "d", "e", "f", "g", "h", "i", "class"];
  const of = (file: string, declared: string[]) =>
    examined(file, { target: "class", exclude: ["id"], missing: declared, format: headless(names) });

  it("an undeclared ? is a marker", async () => {
    expect(await told(of(missing[0], []))).toContainEqual([
      "missing-marker",
      "f",
      null,
      '16 cells with "?", 2.3 % of the rows',
    ]);
  });

  it("a marker that became a missing cell loses nothing", async () => {
    const kinds = (await told(of(missing[1], []), of(missing[0], []))).map(([kind]) => kind);
    expect(kinds).toEqual(["repeated-rows"]);
  });
});

const iris = ["changes/iris_rows_dropped/before.csv", "changes/iris_rows_dropped/after.csv"] as const;
it.runIf(referenceData(iris[0]))("iris, rows dropped: a small hold-out proves no leak", async () => {
  const found = await told(examined(iris[1], { target: "species" }), examined(iris[0], { target: "species" }));
  expect(found.filter(([kind]) => kind === "single-predictor" || kind === "target-copy")).toEqual([]);
});

const thyroid = ["changes/thyroid_label_moved/before.csv", "changes/thyroid_label_moved/after.csv"] as const;
it.runIf(referenceData(thyroid[0]))(
  "thyroid, the label moved: what stands under its name has no classes to compare",
  async () => {
    const of = (file: string) =>
      examined(file, {
        target: "label",
        columns: { label: "categorical" },
        format: headless(["label", "a", "b", "c", "d", "e"]),
      });
    expect(await told(of(thyroid[1]), of(thyroid[0]))).toEqual([]);
  },
);
