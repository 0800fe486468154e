import { attributeChange, type CrossRuns } from "../pipeline/compare/attribute-change.ts";
import type { Scored, Task } from "../pipeline/metrics/metric.ts";
import { metrics as registry } from "../pipeline/metrics/registry.ts";
import type { Run } from "../pipeline/run.ts";
import { createRandom, type Random } from "../pipeline/stats/random.ts";
import { shapleySplit } from "../pipeline/stats/shapley-split.ts";
import type { SimulationResult } from "./simulation-result.ts";

const samples = 1000;
const rows = 300;
const resamples = 300;
const population = 400_000;
/** Percentile intervals of 300 rows cover about a point less than they promise (docs/statistics.md). */
const least = 92.5;
const most = 97.5;
/** In standard errors: with fresh seeds, one of the ten figures leaves the borders by chance in fewer than one run of 70. */
const errors = 3;

/** How far each combination's model is from the truth: both changes make it worse, and more so together. */
const noise: Record<keyof CrossRuns, number> = { neither: 0.3, data: 0.6, experiment: 0.8, both: 1.1 };
const cells = ["neither", "data", "experiment", "both"] as const;
const tasks: Partial<Record<Task, string[]>> = {
  binary: ["log_loss", "roc_auc", "recall"],
  regression: ["mean_absolute_error", "r2"],
};

/** How often the intervals of both parts of an attribution cover their truth, in percent of simulated hold-outs. */
export default async function attributionCoverage(seed: number): Promise<SimulationResult> {
  const found = Object.entries(tasks).flatMap(([task, metrics]) => coverage(task as Task, metrics, seed));
  const slack = errors * 100 * Math.sqrt((0.95 * 0.05) / samples);
  const isNominal = (percent: number) => percent >= least - slack && percent <= most + slack;
  return {
    title: `Attribution: how often 95 % intervals cover the truth, ${samples} hold-outs of ${rows} rows`,
    command: "node simulate/attribution-coverage.ts",
    rows: found.map(({ task, metric, data, experiment }) => ({
      task,
      metric,
      "data, %": Number(data.toFixed(1)),
      "experiment, %": Number(experiment.toFixed(1)),
    })),
    passed: found.every(({ data, experiment }) => isNominal(data) && isNominal(experiment)),
  };
}

/** The same rows are held out by all four. */
const everyRow = {
  base: Int32Array.from({ length: rows }, (_, row) => row),
  head: Int32Array.from({ length: rows }, (_, row) => row),
};

function coverage(task: Task, metrics: string[], seed: number) {
  const random = createRandom(`${seed} ${task}`);
  const truth = partsOf(task, metrics, draw(task, population, random));
  const counts = metrics.map((metric) => ({ task, metric, data: 0, experiment: 0 }));
  for (let sample = 0; sample < samples; sample++) {
    const answers = draw(task, rows, random);
    const runs = Object.fromEntries(cells.map((cell) => [cell, toRun(answers[cell])])) as unknown as CrossRuns;
    const { metrics: attributed } = attributeChange(
      runs,
      { rows: everyRow },
      { metrics, level: 0.95, seed: sample, resamples },
    );
    for (const [i, metric] of metrics.entries()) {
      const one = attributed.find((each) => each.metric === metric)!;
      for (const part of ["data", "experiment"] as const) {
        const { low, high } = one[part]!.interval!;
        if (low <= truth[i]![part] && truth[i]![part] <= high) counts[i]![part] += 100 / samples;
      }
    }
  }
  return counts;
}

function partsOf(task: Task, metrics: string[], answers: Record<keyof CrossRuns, Scored>) {
  return metrics.map((id) => {
    const of = (cell: keyof CrossRuns) => registry.get(id)!.compute(answers[cell]).value!;
    const values = { neither: of("neither"), first: of("data"), second: of("experiment"), both: of("both") };
    const { first, second } = shapleySplit(values).value!;
    return { task, data: first, experiment: second };
  });
}

/** Rows of one truth under the four models; errors of the four are independent but for the row. */
function draw(task: Task, count: number, random: Random): Record<keyof CrossRuns, Scored> {
  const signal = Float64Array.from({ length: count }, () => random.normal());
  const shared = Float64Array.from({ length: count }, () => random.normal());
  const chance = (logit: number) => 1 / (1 + Math.exp(-2 * logit));
  const actual =
    task === "regression"
      ? signal.map((value) => value + 0.3 * random.normal())
      : Int32Array.from(signal, (value) => (random.uniform() < chance(value - 0.5) ? 1 : 0));
  const scored = (spread: number): Scored => {
    const says = signal.map((value, row) => value + spread * (0.7 * shared[row]! + 0.7 * random.normal()));
    if (task === "regression") {
      return { task, actual, predicted: says, probabilities: new Float64Array(0), classes: 0, positive: null };
    }
    const probabilities = new Float64Array(2 * count);
    for (let row = 0; row < count; row++) {
      probabilities[2 * row + 1] = chance(says[row]! - 0.5);
      probabilities[2 * row] = 1 - probabilities[2 * row + 1]!;
    }
    const predicted = Int32Array.from(says, (value) => (value > 0.5 ? 1 : 0));
    return { task, actual, predicted, probabilities, classes: 2, positive: 1 };
  };
  return {
    neither: scored(noise.neither),
    data: scored(noise.data),
    experiment: scored(noise.experiment),
    both: scored(noise.both),
  };
}

/** What an attribution looks at of a run. */
function toRun({ task, actual, predicted, probabilities }: Scored): Run {
  const classes = task === "regression" ? [] : ["no", "yes"];
  const places = Array.from(actual, (_, row) => row);
  return {
    task,
    target: "target",
    classes,
    positive: task === "regression" ? null : "yes",
    experiment: { split: { holdout: 0.25, seed: 42 }, key: null },
    holdout: {
      keys: places.map(String),
      rows: places,
      actual: [...actual],
      predicted: [...predicted],
      probabilities: [...probabilities],
    },
  } as unknown as Run;
}
