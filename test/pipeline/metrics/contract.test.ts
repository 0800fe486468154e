import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric, Scored, Task } from "../../../pipeline/metrics/metric.ts";
import { metrics, metricsAs } from "../../../pipeline/metrics/registry.ts";
import { createRandom, type Random } from "../../../pipeline/stats/random.ts";
import { rocAuc } from "../../../pipeline/stats/roc-auc.ts";
import { metricReference, type ReferenceCase } from "../../support/metric-reference.ts";
import { binaryScored, multiclassScored, regressionScored } from "../../support/scored.ts";

/** The contract of a metric (pipeline/metrics/metric.ts): CONTRIBUTING.md, "Recipe: a new metric", says what to add. */

const degenerate: [string, Scored][] = [
  ["no rows, binary", binaryScored([], [])],
  ["no rows, three classes", multiclassScored([], [])],
  ["no rows, regression", regressionScored([], [])],
  ["one positive row", binaryScored([1], [0.7])],
  ["one negative row", binaryScored([0], [0.7])],
  ["only negatives, none predicted positive", binaryScored([0, 0, 0], [0.1, 0.2, 0.3])],
  ["only positives, none predicted positive", binaryScored([1, 1, 1], [0.1, 0.2, 0.3])],
  ["certain and wrong", binaryScored([1, 0], [0, 1])],
  ["one probability for all", binaryScored([1, 0, 1], [0.5, 0.5, 0.5])],
  ["no positive class declared", { ...binaryScored([1, 0], [0.4, 0.6]), positive: null }],
  ["probabilities that are not numbers", binaryScored([1, 0], [Number.NaN, 0.5])],
  [
    "one of three classes present",
    multiclassScored(
      [2, 2],
      [
        [0.2, 0.3, 0.5],
        [1, 0, 0],
      ],
    ),
  ],
  ["one regression row", regressionScored([3], [2])],
  ["constant target", regressionScored([3, 3, 3], [2, 3, 4])],
  ["constant target that rounds badly", regressionScored([0.1, 0.1, 0.1], [0.1, 0.1, 0.2])],
  ["zero target", regressionScored([0, 1], [0.5, 1])],
  ["infinite prediction", regressionScored([1, 2], [Number.POSITIVE_INFINITY, 2])],
  ["huge values", regressionScored([1e300, -1e300], [-1e300, 1e300])],
];

describe.each([...metrics.values()])("$id", (metric: Metric) => {
  it("describes itself", () => {
    expect(metric.id).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(metric.title).not.toBe("");
    expect(metric.docs).toMatch(/\.$/);
    expect(metric.tasks.length).toBeGreaterThan(0);
    expect(metric.range[0]).toBeLessThan(metric.range[1]);
    expect(Number.isFinite(metric.order)).toBe(true);
  });

  it("has the reference values of its fixture, for every task", () => {
    const { cases } = metricReference(metric.id);
    for (const one of cases) {
      const scored = scoredOf(one);
      expect({ case: one.name, value: metric.compute(scored).value }).toEqual({
        case: one.name,
        value: expect.closeTo(one.value, 12),
      });
      if (one.weights === undefined) continue;
      const weighted = metric.compute(scored, Float64Array.from(one.weights)).value;
      expect({ case: one.name, weighted }).toEqual({ case: one.name, weighted: expect.closeTo(one.weighted!, 12) });
    }
    expect(new Set(cases.map(({ task }) => task))).toEqual(new Set(metric.tasks));
  });

  it.each([...metric.tasks])("is at the good end of its range for a model that is always right (%s)", (task) => {
    const [right, wrong] = [extremes[task].right, extremes[task].wrong].map((scored) => metric.compute(scored).value!);
    const best = metric.direction === "higher" ? metric.range[1] : metric.range[0];
    expect(right).toBeCloseTo(Number.isFinite(best) ? best : right!, 12);
    expect(metric.direction === "higher" ? right! > wrong! : right! < wrong!).toBe(true);
  });

  it("comes near both ends of its range, in one of its tasks", () => {
    const reached = metric.tasks
      .flatMap((task) => [extremes[task].right, extremes[task].wrong, ...extremes[task].worse])
      .flatMap((scored) => metric.compute(scored).value ?? []);
    const [least, most] = metric.range;
    const near = Math.min((most - least) / 100, 1);
    expect({ least: Math.min(...reached) <= (Number.isFinite(least) ? least + near : -far) }).toEqual({ least: true });
    expect({ most: Math.max(...reached) >= (Number.isFinite(most) ? most - near : far) }).toEqual({ most: true });
  });

  it("stays within its range, answers plain data, and leaves the rows as they are", () => {
    const random = createRandom(metric.id);
    for (const scored of [
      ...degenerate.map(([, one]) => one),
      ...metric.tasks.flatMap((task) => anyRows(task, random)),
    ]) {
      const before = structuredClone(scored);
      const answer = metric.compute(scored);
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      expect(scored).toEqual(before);
      const value = answer.value ?? metric.range[0];
      expect(value >= metric.range[0] && value <= metric.range[1]).toBe(true);
    }
  });

  it("is as smooth as it says, and follows from its row losses", () => {
    const { rowLoss, smoothness, tasks } = metric;
    expect(smoothness === "means").toBe(rowLoss !== null);
    if (tasks.includes("regression")) expect(["means", "order"]).toContain(smoothness);
    if (rowLoss === null) return;
    const random = createRandom(metric.id);
    for (const scored of tasks.flatMap((task) => anyRows(task, random))) {
      const means = [rowLoss.of(scored), ...(rowLoss.truth?.(scored) ?? [])].map(
        (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
      );
      const { value } = metric.compute(scored);
      if (value !== null) expect(rowLoss.value(means)).toBeCloseTo(value, 10);
    }
  });

  it("is what its paired test compares", () => {
    const random = createRandom(metric.id);
    for (const scored of metric.tasks.flatMap((task) => anyRows(task, random))) {
      const { value } = metric.compute(scored);
      if (metric.pairedTest === "mcnemar") {
        const right = scored.actual.filter((actual, row) => actual === scored.predicted[row]).length;
        expect(value).toBe(right / scored.actual.length);
      }
      if (metric.pairedTest !== "delong" || scored.task !== "binary") continue;
      const says = Float64Array.from(scored.actual, (_, row) => scored.probabilities[2 * row + 1]!);
      expect(value).toBe(rocAuc(says, scored.actual).value);
    }
  });

  it.each(degenerate)("has an answer for: %s", (_, scored) => {
    const answer = metric.compute(scored);
    if (answer.value === null) expect(answer.reason).toMatch(/\w/);
    else expect(answer.value).toSatisfy(Number.isFinite);
    expect(metric.prepare(scored)(new Float64Array(scored.actual.length).fill(1))).toEqual(
      scored.actual.length === 0 ? expect.objectContaining({ value: null }) : answer,
    );
  });

  it("answers with a reason when every row has weight zero", () => {
    const scored = anyOf(metric, [0, 1, 0, 1]);
    expect(metric.compute(scored, new Float64Array(4))).toEqual({
      value: null,
      reason: "every row has weight zero",
    });
  });

  it("answers with a reason for a task that is not its own", () => {
    const other = metric.tasks.includes("regression") ? binaryScored([1], [1]) : regressionScored([1], [1]);
    expect(metric.compute(other)).toEqual({ value: null, reason: `it is not defined for ${other.task} tasks` });
  });

  it("counts a row of weight n as n rows", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(100), fc.nat(3)), { minLength: 1, maxLength: 25 }), (rows) => {
        const copied = rows.flatMap((row) => Array.from({ length: row[2] }, () => row));
        const weights = Float64Array.from(rows, (row) => row[2]);
        if (copied.length === 0) return;
        const weighted = metric.prepare(anyOf(metric, ...columns(rows)))(weights);
        const expanded = metric.compute(anyOf(metric, ...columns(copied)));
        if (expanded.value === null) expect(weighted.value).toBeNull();
        else expect(weighted.value).toBeCloseTo(expanded.value, 10);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(100), fc.nat(3)), { minLength: 1, maxLength: 25 }), (rows) => {
        const forward = metric.compute(anyOf(metric, ...columns(rows)));
        const backward = metric.compute(anyOf(metric, ...columns([...rows].reverse())));
        if (forward.value === null) expect(backward).toEqual(forward);
        else expect(backward.value).toBeCloseTo(forward.value, 10);
      }),
      { seed: 6, numRuns: 40 },
    );
  });
});

describe("the registry", () => {
  it("keeps the order in which users know the metrics", () => {
    const known = [
      "accuracy",
      "balanced_accuracy",
      "precision",
      "recall",
      "f1",
      "precision_macro",
      "recall_macro",
      "f1_macro",
      "roc_auc",
      "average_precision",
      "log_loss",
      "brier_score",
      "expected_calibration_error",
      "matthews_corrcoef",
      "mean_absolute_error",
      "root_mean_squared_error",
      "median_absolute_error",
      "mean_absolute_percentage_error",
      "mean_pinball_loss_10",
      "mean_pinball_loss_90",
      "r2",
    ];
    expect([...metrics.keys()].filter((id) => known.includes(id))).toEqual(known);
  });

  it.each<Task>(["binary", "multiclass", "regression"])("has one metric for each role (%s)", (task) => {
    expect([metricsAs("ranking", task), metricsAs("slices", task)].map((all) => all.length)).toEqual([1, 1]);
    expect(metricsAs("signal", task).length).toBeGreaterThan(0);
    // a worsening of the mean loss is one of the metric, in its unit
    expect(metricsAs("slices", task)[0].rowLoss?.gradient([0.5])).toEqual([1]);
  });
});

/** What a metric without an end of its range goes beyond for the worst models below. */
const far = 30;

/** A model that is always right and certain, one that is always wrong, and others that some metric finds even worse. */
const extremes: Record<Task, { right: Scored; wrong: Scored; worse: Scored[] }> = {
  binary: {
    right: binaryScored([1, 0, 1], [1, 0, 1]),
    wrong: binaryScored([1, 0, 1], [0, 1, 0]),
    worse: [
      binaryScored([1, 0], [0, 1]),
      // of many rows, the only positive one seems to be the least likely
      binaryScored(
        Array.from({ length: 200 }, (_, row) => (row === 0 ? 1 : 0)),
        Array.from({ length: 200 }, (_, row) => row / 200),
      ),
    ],
  },
  multiclass: {
    right: multiclassScored([0, 1, 2], oneHot([0, 1, 2])),
    wrong: multiclassScored([0, 1, 2], oneHot([1, 2, 0])),
    worse: [],
  },
  regression: {
    right: regressionScored([1, 2, 4], [1, 2, 4]),
    wrong: regressionScored([1, 2, 4], [3, 0, 1]),
    worse: [regressionScored([1, 2, 4], [1e3, 2e3, 4e3]), regressionScored([1, 2, 4], [-1e3, -2e3, -4e3])],
  },
};

function oneHot(labels: number[]): number[][] {
  return labels.map((label) => [0, 1, 2].map((which) => (which === label ? 1 : 0)));
}

/** Ten sets of a dozen rows by chance. */
function anyRows(task: Task, random: Random): Scored[] {
  const dozen = <T>(draw: () => T) => Array.from({ length: 12 }, draw);
  return Array.from({ length: 10 }, () => {
    if (task === "regression") return regressionScored(dozen(random.normal), dozen(random.normal));
    if (task === "binary")
      return binaryScored(
        dozen(() => random.below(2)),
        dozen(random.uniform),
      );
    const shares = () => {
      const first = random.uniform();
      const second = (1 - first) * random.uniform();
      return [first, second, 1 - first - second];
    };
    return multiclassScored(
      dozen(() => random.below(3)),
      dozen(shares),
    );
  });
}

function scoredOf({ task, actual, predicted, probabilities }: ReferenceCase): Scored {
  if (task === "regression") return regressionScored(actual, predicted!);
  if (probabilities !== undefined) {
    return task === "binary"
      ? binaryScored(actual, probabilities as number[])
      : multiclassScored(actual, probabilities as number[][]);
  }
  if (task === "binary") return binaryScored(actual, predicted!);
  const classes = Math.max(...actual, ...predicted!) + 1;
  const certain = predicted!.map((label) => Array.from({ length: classes }, (_, which) => (which === label ? 1 : 0)));
  return multiclassScored(actual, certain);
}

function columns(rows: readonly (readonly [number, number, number])[]): [number[], number[]] {
  return [rows.map(([label]) => label), rows.map(([, percent]) => percent / 100)];
}

/** Rows of the kind that the metric is for, made from labels 0–2 and shares. */
function anyOf(metric: Metric, labels: number[], shares: number[] = labels.map((label) => label / 4)): Scored {
  if (metric.tasks.includes("regression")) return regressionScored(labels, shares);
  if (metric.tasks.includes("multiclass")) {
    return multiclassScored(
      labels,
      shares.map((share) => [share, (1 - share) * 0.75, (1 - share) * 0.25]),
    );
  }
  return binaryScored(
    labels.map((label) => Math.min(label, 1)),
    shares,
  );
}
