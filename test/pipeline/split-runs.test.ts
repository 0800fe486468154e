import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SplitOptions } from "../../pipeline/experiment/experiment.ts";
import { examineSide } from "../../pipeline/integrity/examined-side.ts";
import { preprocess } from "../../pipeline/preprocess/preprocess.ts";
import { type Run, runExperiment } from "../../pipeline/run.ts";
import { createRandom } from "../../pipeline/stats/random.ts";
import type { CategoricalColumn } from "../../pipeline/table/table.ts";
import { trainingData } from "../../pipeline/tune/training-data.ts";
import { anExperiment } from "./read/experiments.ts";
import { readText } from "./read/read-text.ts";

/** Visits of patients over some months: `y` follows from `x`. */
function visits({ patients = 30, months = 12, seed = 3 } = {}): string[] {
  const random = createRandom(seed);
  return Array.from({ length: patients * 6 }, (_, visit) => {
    const x = random.normal();
    const month = 1 + Math.floor(random.uniform() * months);
    const day = `2024-${String(month).padStart(2, "0")}-0${1 + (visit % 9)}`;
    return `p${visit % patients},${day},${x.toFixed(3)},${x + random.normal() > 0 ? "yes" : "no"}`;
  });
}

const byGroup: SplitOptions = { by: "group", column: "patient", holdout: 0.25, seed: 42 };
const byTime: SplitOptions = { by: "time", column: "day", holdout: 0.25, seed: 42 };

async function run(lines: readonly string[], split: SplitOptions) {
  const read = await readText(`patient,day,x,y\n${lines.join("\n")}\n`);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const experiment = anExperiment({ split, exclude: ["patient", "day"] });
  return runExperiment({ experiment, experimentPath: "e.yml", dataBlob: "b", ...read.value, notes: [] });
}

async function ran(lines: readonly string[], split: SplitOptions): Promise<Run> {
  const outcome = await run(lines, split);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** Cells of one column in the hold-out. */
function heldOut({ holdout }: Run, lines: readonly string[], column: number): string[] {
  return holdout.rows.map((row) => lines[row]!.split(",")[column]!);
}

describe("a run split by a column", () => {
  it.each([byGroup, byTime])("does not depend on the order of rows, by $by", async (split) => {
    const lines = visits();
    const known = await ran(lines, split);
    const numbers = ({ metrics, lineage, holdout }: Run) => ({
      metrics,
      model: lineage.modelDigest,
      keys: holdout.keys,
      predicted: holdout.predicted,
    });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(numbers(await ran(shuffled, split))).toEqual(numbers(known));
      }),
      { numRuns: 4 },
    );
  });

  it("by group: keeps patients whole, and leaves them where they are when others come", async () => {
    const lines = visits({ patients: 30 });
    const more = [...visits({ patients: 45, seed: 4 }).filter((line) => /^p(3\d|4\d),/.test(line)), ...lines];
    const [before, after] = [new Set(heldOut(await ran(lines, byGroup), lines, 0)), await ran(more, byGroup)];
    const known = new Set(lines.map((line) => line.split(",")[0]!));
    const [now, trained] = [heldOut(after, more, 0), new Set(more.map((line) => line.split(",")[0]!))];
    expect(new Set(now.filter((patient) => known.has(patient)))).toEqual(before);
    expect(now).toHaveLength(more.filter((line) => now.includes(line.split(",")[0]!)).length);
    expect(trained.size).toBe(45);
  });

  it("by time: judges on the last months, and on later ones when they come", async () => {
    const lines = visits({ months: 8 });
    const more = [...lines, ...visits({ patients: 20, seed: 5 }).map((line) => line.replace(/2024/, "2025"))];
    const [before, after] = [await ran(lines, byTime), await ran(more, byTime)];
    const earliest = (run: Run, from: readonly string[]) => heldOut(run, from, 1).sort()[0]!;
    const cut = earliest(before, lines);
    expect(new Set(heldOut(before, lines, 1))).toEqual(
      new Set(lines.map((line) => line.split(",")[1]!).filter((day) => day >= cut)),
    );
    expect(Math.abs(before.rows.holdout / before.rows.total - 0.25)).toBeLessThan(0.03);
    expect(earliest(after, more) > cut).toBe(true);
  });

  it("answers a column that is not in the data", async () => {
    expect(await run(visits(), { ...byTime, column: "dai" })).toEqual({
      ok: false,
      problems: [
        {
          code: "split-column-absent",
          where: { path: "data.csv", key: "split.column" },
          message: "The data has no column dai.",
          written: "dai",
          allowed: "patient, day, x, y",
          remedy: "Did you mean day?",
        },
      ],
    });
  });
});

describe("what else divides rows", () => {
  it("integrity examines the hold-out of whole groups, also when the rows of a run were named otherwise", async () => {
    const lines = visits();
    const read = await readText(`patient,day,x,y\n${lines.join("\n")}\n`);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const experiment = anExperiment({ split: byGroup, exclude: ["patient", "day"] });
    const input = { experiment, experimentPath: "e.yml", dataBlob: "b", ...read.value, notes: [] };
    const yardstick = { positive: "yes", split: byGroup, keyColumns: ["patient", "x"] };
    const outcome = runExperiment(input, { yardstick });
    const side = outcome.ok ? examineSide(read.value, outcome.value) : null;
    expect(Array.from(side?.holdout ?? [])).toEqual(outcome.ok && outcome.value.holdout.rows.toSorted((a, b) => a - b));
  });

  it("folds of a search keep groups whole", async () => {
    const read = await readText(`patient,day,x,y\n${visits().join("\n")}\n`);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { table } = read.value;
    const experiment = anExperiment({ split: byGroup, exclude: ["patient", "day"] });
    const prepared = preprocess(table, experiment, { tasks: ["binary"] });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const patients = table.columns[0] as CategoricalColumn;
    const { keys, rows } = trainingData(table, experiment, prepared.value);
    const pairs = new Set(Array.from(rows, (row, at) => `${patients.codes[row]} ${keys[at]}`));
    expect([pairs.size, new Set(keys).size]).toEqual(
      Array(2).fill(new Set(rows.map((row) => patients.codes[row]!)).size),
    );
  });
});
