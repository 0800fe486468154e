import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { compareModels } from "../../../pipeline/compare-models/compare-models.ts";
import type { ModelComparison } from "../../../pipeline/compare-models/model-comparison.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Table } from "../../../pipeline/table/table.ts";
import { incomeCsv } from "../../support/incomes.ts";
import { anExperiment } from "../../support/runs.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";
import { tableOfText } from "../read/read-text.ts";

const compare = (table: Table, experiment: Parameters<typeof anExperiment>[0], metric?: string) =>
  compareModels(
    { experiment: anExperiment(experiment), experimentPath: "experiment.yml", table },
    { resamples: 400, ...(metric === undefined ? {} : { metric }) },
  );

function compared(...given: Parameters<typeof compare>): ModelComparison {
  const outcome = compare(...given);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

/** Rank, name, value, interval, difference to the best, whether it is told apart from it. */
const rows = ({ candidates }: ModelComparison) =>
  candidates.map(({ rank, title, value, interval, toBest, reason }) => [
    rank,
    title,
    value?.toFixed(3) ?? reason,
    interval && `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
    toBest?.difference.toFixed(3),
    toBest?.toldApart,
  ]);

let penguins: Table;
beforeAll(async () => {
  penguins = await tableOfText(readFileSync("test/fixtures/data/penguins.csv", "utf8"));
});

describe("every estimator on one split", () => {
  it("ranks three species", () => {
    const comparison = compared(penguins, { target: "species" });
    expect([comparison.metric.id, comparison.rows, comparison.signal]).toEqual([
      "f1_macro",
      { train: 259, holdout: 85 },
      true,
    ]);
    expect(rows(comparison)).toMatchInlineSnapshot(`
      [
        [
          1,
          "Logistic regression",
          "0.986",
          "0.94 to 1.00",
          undefined,
          undefined,
        ],
        [
          2,
          "Gradient boosting",
          "0.975",
          "0.91 to 1.00",
          "-0.011",
          false,
        ],
        [
          3,
          "Decision tree",
          "0.904",
          "0.83 to 0.96",
          "-0.082",
          false,
        ],
        [
          4,
          "Gaussian naive Bayes",
          "0.903",
          "0.83 to 0.96",
          "-0.083",
          false,
        ],
        [
          5,
          "Baseline",
          "0.161",
          "0.16 to 0.16",
          "-0.825",
          true,
        ],
      ]
    `);
  });

  it("ranks a number, and marks the model as written", () => {
    const comparison = compared(penguins, { target: "body_mass_g", model: { type: "linear-regression" } });
    expect(rows(comparison)).toMatchInlineSnapshot(`
      [
        [
          1,
          "Ridge regression",
          "0.853",
          "0.79 to 0.89",
          undefined,
          undefined,
        ],
        [
          2,
          "Linear regression",
          "0.852",
          "0.79 to 0.89",
          "-0.001",
          false,
        ],
        [
          3,
          "Gradient boosting",
          "0.833",
          "0.76 to 0.89",
          "-0.020",
          false,
        ],
        [
          4,
          "Decision tree",
          "0.824",
          "0.75 to 0.88",
          "-0.029",
          false,
        ],
        [
          5,
          "Baseline",
          "-0.026",
          "-0.14 to -0.00",
          "-0.879",
          true,
        ],
      ]
    `);
    expect(comparison.candidates.filter(({ own }) => own).map(({ title }) => title)).toEqual(["Linear regression"]);
  });

  it("ranks by a metric that falls, the lowest first", async () => {
    const incomes = await tableOfText(incomeCsv({ rows: 300 }));
    const { candidates } = compared(incomes, { target: "income" }, "log_loss");
    const values = candidates.map(({ value }) => value);
    expect(values).toEqual(values.toSorted((a, b) => a! - b!));
    expect(candidates.every(({ toBest }) => toBest === null || toBest.difference >= 0)).toBe(true);
  });

  it("sets the model as written beside its estimator's defaults", () => {
    const { candidates } = compared(penguins, { target: "sex", model: { type: "logistic-regression", c: 0.001 } });
    const logistic = candidates.filter(({ model }) => model.type === "logistic-regression");
    expect(logistic.map(({ title, own }) => [title, own]).sort()).toEqual([
      ["Logistic regression, as written", true],
      ["Logistic regression", false],
    ]);
  });

  it("finds no signal in noise", () => {
    const random = createRandom(5);
    const column = (name: string) =>
      numeric(
        name,
        Array.from({ length: 200 }, () => random.normal()),
      );
    const label = numeric(
      "label",
      Array.from({ length: 200 }, () => random.below(2)),
    );
    const { signal, candidates } = compared(tableOf(column("x"), column("y"), label), { target: "label" });
    expect([signal, candidates.length]).toEqual([false, 5]);
  });

  it.each([
    { classes: 2, metric: "f1" },
    { classes: 2, metric: "recall" },
    { classes: 3, metric: undefined },
    { classes: 5, metric: undefined },
    { classes: 5, metric: "balanced_accuracy" },
  ])("finds no signal in noise of $classes classes, whatever ranks ($metric)", ({ classes, metric }) => {
    const found = Array.from({ length: 4 }, (_, seed) => {
      const random = createRandom(`noise ${seed}`);
      const column = (name: string) =>
        numeric(
          name,
          Array.from({ length: 400 }, () => random.normal()),
        );
      const label = categorical(
        "label",
        Array.from({ length: 400 }, () => `c${random.below(classes)}`),
      );
      return compared(tableOf(column("x"), column("y"), label), { target: "label" }, metric).signal;
    });
    expect(found).toEqual([false, false, false, false]);
  });

  it("tells the signal by the area under the curve, or by log loss where a class has no hold-out row", () => {
    const random = createRandom("rare class");
    const x = Array.from({ length: 400 }, () => random.normal());
    const label = x.map((value, row) => (row === 1 ? "rare" : value + 0.3 * random.normal() > 0 ? "up" : "down"));
    const plain = label.map((value) => (value === "rare" ? "up" : value));
    const signalOf = (cells: string[]) => {
      const { signal, signalMetric } = compared(
        tableOf(numeric("x", x), categorical("label", cells)),
        { target: "label" },
        "accuracy",
      );
      return [signal, signalMetric?.id];
    };
    expect([signalOf(plain), signalOf(label)]).toEqual([
      [true, "roc_auc"],
      [true, "log_loss"],
    ]);
  });

  it("makes an estimator that refuses a row with its reason", () => {
    const model = { type: "gradient-boosting", max_iterations: 10_000, max_leaf_nodes: 1024 };
    const { candidates } = compared(penguins, { target: "species", model });
    expect(candidates.at(-1)).toEqual({
      rank: null,
      title: "Gradient boosting, as written",
      model,
      own: true,
      baseline: false,
      value: null,
      interval: null,
      toBest: null,
      toBaseline: null,
      milliseconds: null,
      reason: "The model could have 30,720,000 leaves (30,000 trees × 1024); the limit is 1,000,000.",
      notes: [],
    });
  });

  it.each([
    ["an unknown metric", { target: "species" }, "accurcy", "unknown-metric", "Did you mean accuracy?"],
    ["an absent target", { target: "specie" }, undefined, "target-absent", "Did you mean species?"],
  ])("refuses %s", (_, experiment, metric, code, remedy) => {
    const outcome = compare(penguins, experiment, metric);
    expect(outcome.ok ? "compared" : outcome.problems.map((one) => [one.code, one.remedy])).toEqual([[code, remedy]]);
  });
});
