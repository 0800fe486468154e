import type { Experiment } from "../pipeline/experiment/experiment.ts";
import { predict } from "../pipeline/predict.ts";
import { type Run, runExperiment } from "../pipeline/run.ts";
import { createRandom, type Random } from "../pipeline/stats/random.ts";
import type { Column, Table } from "../pipeline/table/table.ts";
import { anExperiment } from "../test/support/runs.ts";
import type { SimulationResult } from "./simulation-result.ts";

const analysts = 60;
const tries = 100;
const rows = 1200;
const fresh = 20_000;
const columns = 24;
/** How many of the columns have to do with the target. */
const telling = 6;
/** Of k equally good models the best looks better than it is by about so many standard errors, on average at most. */
const margin = Math.sqrt(2 * Math.log(tries));

/**
 * An analyst who tries a hundred sets of features one after the other, and keeps one whenever the hold-out likes it better than the best
 * so far. How much more the hold-out promised in the end than rows that nobody has seen hold, in standard errors of the
 * difference on the hold-out (Brier score).
 */
export default async function holdoutReuse(seed: number): Promise<SimulationResult> {
  const gaps = Array.from({ length: analysts }, (_, at) => analyse(createRandom(`${seed} ${at}`)));
  const sorted = gaps.map(({ gap }) => gap).sort((one, other) => one - other);
  const beyond = (100 * sorted.filter((gap) => gap > margin).length) / analysts;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    title: `Reuse of a hold-out: ${analysts} analysts who keep the best of ${tries} models, ${rows} rows`,
    command: `npm run simulate -- --seed ${seed} holdout-reuse`,
    rows: [
      {
        "promised gain": Number(mean(gaps.map(({ promised }) => promised)).toFixed(4)),
        "realised gain": Number(mean(gaps.map(({ realised }) => realised)).toFixed(4)),
        "mean gap, standard errors": Number(mean(sorted).toFixed(2)),
        "95th percentile": Number(sorted[Math.floor(0.95 * analysts)]!.toFixed(2)),
        margin: Number(margin.toFixed(2)),
        "beyond, %": Number(beyond.toFixed(1)),
      },
    ],
    passed: mean(sorted) > 0 && mean(sorted) <= margin,
  };
}

function analyse(random: Random): { gap: number; promised: number; realised: number } {
  const weights = Array.from({ length: columns }, (_, at) => (at < telling ? 0.4 : 0));
  const [table, later] = [draw(rows, weights, random), draw(fresh, weights, random)];
  const start = chooseFeatures(random);
  const first = measure(table, later, start);
  let [best, features] = [first, start];
  for (let at = 1; at < tries; at++) {
    const tried = new Set(features);
    // half a step from the best so far, half anything else
    for (const name of random.uniform() < 0.5 ? [anyColumn(random)] : chooseFeatures(random)) {
      if (!tried.delete(name) || tried.size === 0) tried.add(name);
    }
    const found = measure(table, later, tried);
    if (found.onHoldout < best.onHoldout) [best, features] = [found, tried];
  }
  const promised = first.onHoldout - best.onHoldout;
  const realised = first.onFresh - best.onFresh;
  const differences = first.losses.map((loss, row) => loss - best.losses[row]!);
  const spread = standardError(differences);
  return { gap: spread === 0 ? 0 : (promised - realised) / spread, promised, realised };
}

const names = Array.from({ length: columns }, (_, at) => `x${at}`);
const anyColumn = (random: Random) => names[Math.floor(random.uniform() * columns)]!;

function chooseFeatures(random: Random): Set<string> {
  const chosen = new Set(names.filter(() => random.uniform() < 0.4));
  return chosen.size === 0 ? new Set([names[0]!]) : chosen;
}

function draw(count: number, weights: readonly number[], random: Random): Table {
  const values = names.map(() => Float64Array.from({ length: count }, () => random.normal()));
  const codes = Int32Array.from({ length: count }, (_, row) => {
    const score = weights.reduce((sum, weight, at) => sum + weight * values[at]![row]!, 0);
    return random.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  return {
    rowCount: count,
    columns: [
      ...names.map((name, at): Column => ({ name, type: "numeric", values: values[at]! })),
      { name: "y", type: "categorical", codes, categories: ["no", "yes"] },
    ],
  };
}

function measure(table: Table, later: Table, features: ReadonlySet<string>) {
  const experiment: Experiment = anExperiment({
    target: "y",
    positive: "yes",
    features: names.filter((name) => features.has(name)),
  });
  const profile = {
    rows: table.rowCount,
    columns: [],
    format: { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false },
  } as never;
  const ran = runExperiment({ experiment, experimentPath: "e.yml", dataBlob: "", table, profile, notes: [] });
  if (!ran.ok) throw new Error(ran.problems.map(({ message }) => message).join(" "));
  const losses = lossesOf(ran.value);
  return { losses, onHoldout: meanOf(losses), onFresh: meanOf(lossesOn(ran.value, later)) };
}

function lossesOf({ holdout }: Run): number[] {
  return holdout.actual.map((actual, row) => (actual - holdout.probabilities[2 * row + 1]!) ** 2);
}

function lossesOn({ model }: Run, table: Table): number[] {
  const answered = predict(model, table, { model: "", data: "" });
  if (!answered.ok) throw new Error("the model cannot answer rows of its own kind");
  const { codes } = table.columns.find(({ name }) => name === "y") as Extract<Column, { type: "categorical" }>;
  return Array.from(codes, (actual, row) => (actual - answered.value.probabilities[2 * row + 1]!) ** 2);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const middle = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
