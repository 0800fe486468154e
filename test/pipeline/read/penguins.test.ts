import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { preprocess } from "../../../pipeline/preprocess/preprocess.ts";
import { readTable } from "../../../pipeline/read/read-table.ts";
import { anExperiment } from "./experiments.ts";
import { defaultFormat, defaultMissing } from "./read-text.ts";

async function penguins() {
  const file = join(import.meta.dirname, "../../fixtures/data/penguins.csv");
  const outcome = await readTable(file, "penguins.csv", defaultFormat, { missing: defaultMissing, columns: {} });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

describe("penguins", () => {
  it("have the profile that R prints of them", async () => {
    const { profile } = await penguins();
    expect(profile.columns).toEqual([
      {
        name: "species",
        type: "categorical",
        missing: 0,
        distinct: 3,
        top: [
          { value: "Adelie", count: 152 },
          { value: "Gentoo", count: 124 },
          { value: "Chinstrap", count: 68 },
        ],
      },
      {
        name: "island",
        type: "categorical",
        missing: 0,
        distinct: 3,
        top: [
          { value: "Biscoe", count: 168 },
          { value: "Dream", count: 124 },
          { value: "Torgersen", count: 52 },
        ],
      },
      numbers("bill_length_mm", 164, [32.1, 39.225, 44.45, 48.5, 59.6], 43.92193, 5.459584),
      numbers("bill_depth_mm", 80, [13.1, 15.6, 17.3, 18.7, 21.5], 17.15117, 1.974793),
      numbers("flipper_length_mm", 55, [172, 190, 197, 213, 231], 200.9152, 14.06171),
      numbers("body_mass_g", 94, [2700, 3550, 4050, 4750, 6300], 4201.754, 801.9545),
      {
        name: "sex",
        type: "categorical",
        missing: 11,
        distinct: 2,
        top: [
          { value: "MALE", count: 168 },
          { value: "FEMALE", count: 165 },
        ],
      },
    ]);
  });

  it("become ten columns", async () => {
    const { table } = await penguins();
    const experiment = anExperiment({ data: "penguins.csv", target: "species", missing: defaultMissing });
    const prepared = preprocess(table, experiment, { tasks: ["multiclass"] });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const { train, holdout, classes, rows } = prepared.value;
    expect(classes).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
    expect([train.features.columns, holdout.features.columns]).toEqual([10, 10]);
    expect(rows.train + rows.holdout).toBe(344);
    // Standardized with training statistics: each numeric column of the training rows has mean 0 and variance 1.
    for (const column of [3, 4, 5, 6]) {
      const values = Array.from({ length: rows.train }, (_, row) => train.features.values[row * 10 + column]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect([mean, variance]).toEqual([expect.closeTo(0, 12), expect.closeTo(1, 12)]);
    }
  });
});

/** Quantiles of type 7 and the sample standard deviation, as `summary()` and `sd()` of R 4 give them (7 digits). */
function numbers(name: string, distinct: number, quantiles: number[], mean: number, sd: number) {
  const close = (value: number) =>
    expect.toSatisfy((actual: number) => Math.abs(actual - value) <= 1e-6 * Math.abs(value));
  const [min, q25, median, q75, max] = quantiles;
  return {
    name,
    type: "numeric",
    missing: 2,
    distinct,
    summary: { min, q25: close(q25!), median: close(median!), q75: close(q75!), max, mean: close(mean), sd: close(sd) },
  };
}
