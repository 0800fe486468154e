import type { Estimator, FittedModel, Matrix } from "../models/estimator.ts";
import { applyPreprocessor } from "../preprocess/apply-preprocessor.ts";
import { fitPreprocessor } from "../preprocess/fit-preprocessor.ts";
import type { SerializedPreprocessor } from "../preprocess/preprocessor.ts";
import { rowNames } from "../split/row-names.ts";
import { deLong } from "../stats/delong.ts";
import { hashToUnit } from "../stats/hash.ts";
import { normalQuantile } from "../stats/normal-distribution.ts";
import { createRandom } from "../stats/random.ts";
import { rocAuc } from "../stats/roc-auc.ts";
import type { Table } from "../table/table.ts";
import { formatCount } from "../words.ts";
import type { MultivariateDrift } from "./drift-report.ts";
import { joinColumns } from "./joined-columns.ts";

export interface MultivariateOptions {
  features: readonly string[];
  /** The classifier and its options, `{}` for its defaults; small trees do well and are fast. */
  estimator: Estimator;
  estimatorOptions: unknown;
  seed: number;
  /** Fewer test rows than this on either side: not enough data. */
  minimumRows: number;
  /** Level of the interval. */
  level: number;
  /** Default 0.25: the classifier ranks a random head row above a random base row five times out of eight. */
  threshold?: number;
  /** Rows drawn from each side, default 10,000: enough for an interval of ±0.01. */
  rowsPerSide?: number;
}

const testShare = 0.3;
const shownColumns = 3;
/** A column is named when its cells carry this share of the area above ½; noise of a shuffle is far below. */
const leastShare = 0.1;

/**
 * Asks whether a classifier can tell the head's rows from the base's, by all columns together: it sees what no single
 * column shows, for instance a correlation that broke.
 *
 * Drift means that the effect 2 · area − 1 on 30 % of the rows, which the classifier was not trained on, reaches the
 * threshold and the area's interval lies above ½. Rows that are equal in the joined columns fall on the same side of that
 * split, so a table compared with itself, or with itself and a few rows more, is never told apart by remembering rows.
 * An area below ½ is chance, or rows that are nearly equal; it is never drift and told as guessing.
 *
 * Total: no shared columns, few rows or columns that cannot be encoded give an answer with its reason.
 */
export function detectMultivariateDrift(base: Table, head: Table, options: MultivariateOptions): MultivariateDrift {
  const { features, seed, rowsPerSide = 10_000, threshold = 0.25 } = options;
  const sides = [base, head].map((table) => ({ table, rows: drawRows(table.rowCount, rowsPerSide, seed) }));
  const joined = joinColumns(sides[0]!, sides[1]!, features);
  const isHead = new Int32Array(joined.rowCount).fill(1, sides[0]!.rows.length);
  // by what the classifier sees: any other column would tear equal rows apart, and it would learn the wrong side of them
  const { train, test } = splitRows(rowNames(joined, null), seed);
  const rows = { base: countOf(test, isHead, 0), head: countOf(test, isHead, 1) };
  const none = { area: null, interval: null, effect: null, threshold, rows, columns: [] };
  if (joined.columns.length === 0) {
    const description =
      joined.shared === 0
        ? "no feature exists on both sides in one type"
        : "no feature has values to learn from: all are rare, missing or always the same";
    return { ...none, answer: "not-comparable", description };
  }
  if (Math.min(rows.base, rows.head) < options.minimumRows) {
    const description = `${formatCount(rows.base)} and ${formatCount(rows.head)} test rows are too few to judge`;
    return { ...none, answer: "not-enough-data", description };
  }
  const encoder = fitPreprocessor(joined.columns, train, "data");
  if (!encoder.ok) {
    return { ...none, answer: "not-comparable", description: encoder.problems.map(({ message }) => message).join(" ") };
  }
  const model = fitClassifier(encode(joined, train, encoder.value), pick(isHead, train), options);
  if (typeof model === "string") return { ...none, answer: "not-comparable", description: model };
  const matrix = encode(joined, test, encoder.value);
  const labels = pick(isHead, test);
  const measured = measure(model, matrix, labels, options.level);
  const effect = Math.max(0, 2 * measured.area - 1);
  const drifted = effect >= threshold && measured.interval !== null && measured.interval.low > 0.5;
  const columns = drifted ? explain(model, matrix, labels, encoder.value, measured.area, seed) : [];
  return {
    answer: drifted ? "drifted" : "stable",
    ...measured,
    effect,
    threshold,
    rows,
    columns,
    description: describe(measured.area, columns),
  };
}

function drawRows(rowCount: number, most: number, seed: number): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (rowCount <= most) return rows;
  return createRandom(`${seed} domain rows`).shuffle(rows).slice(0, most).sort();
}

function splitRows(keys: readonly string[], seed: number): { train: Int32Array; test: Int32Array } {
  const train: number[] = [];
  const test: number[] = [];
  for (const [row, key] of keys.entries()) (hashToUnit(key, seed) < testShare ? test : train).push(row);
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

function fitClassifier(features: Matrix, target: Int32Array, options: MultivariateOptions): FittedModel | string {
  const parsed = options.estimator.options.safeParse(options.estimatorOptions);
  if (!parsed.success) return `the classifier's options are wrong: ${parsed.error.issues[0]?.message}`;
  const size = { rows: features.rows, columns: features.columns, classes: 2 };
  const refused = options.estimator.refuse?.(size, parsed.data) ?? null;
  if (refused !== null) return refused;
  if (new Set(target).size < 2) return "only one side has rows to learn from";
  return options.estimator.fit({ features, target, classes: 2, task: "binary" }, parsed.data, { seed: options.seed });
}

function measure(model: FittedModel, matrix: Matrix, labels: Int32Array, level: number) {
  const scores = headProbability(model, matrix);
  const area = rocAuc(scores, labels).value ?? 0.5;
  const variance = deLong(labels, scores, scores, { level }).value?.baseVariance;
  if (variance === undefined) return { area, interval: null };
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return { area, interval: { low: Math.max(0, area - reach), high: Math.min(1, area + reach), level } };
}

/** Permutation importance: the area that is lost when the cells of one column are shuffled among the test rows. */
function explain(
  model: FittedModel,
  matrix: Matrix,
  labels: Int32Array,
  { features }: SerializedPreprocessor,
  area: number,
  seed: number,
): MultivariateDrift["columns"] {
  const order = createRandom(`${seed} domain columns`).shuffle(Int32Array.from(labels, (_, row) => row));
  let offset = 0;
  const losses = features.map((feature) => {
    const width = feature.type === "numeric" ? 1 : feature.categories.length;
    const values = matrix.values.slice();
    for (let row = 0; row < matrix.rows; row++) {
      const from = order[row]! * matrix.columns + offset;
      values.set(matrix.values.subarray(from, from + width), row * matrix.columns + offset);
    }
    offset += width;
    const without = rocAuc(headProbability(model, { ...matrix, values }), labels).value ?? area;
    return { column: feature.name, loss: area - without };
  });
  return losses
    .filter(({ loss }) => loss >= leastShare * (area - 0.5))
    .sort((left, right) => right.loss - left.loss)
    .slice(0, shownColumns);
}

function headProbability(model: FittedModel, matrix: Matrix): Float64Array {
  const probabilities = model.predictProbability(matrix);
  return Float64Array.from({ length: matrix.rows }, (_, row) => probabilities[2 * row + 1]!);
}

function encode(joined: { columns: Table["columns"] }, rows: Int32Array, preprocessor: SerializedPreprocessor): Matrix {
  const encoded = applyPreprocessor({ columns: joined.columns }, rows, preprocessor, "data");
  if (!encoded.ok) throw new Error("columns that were fitted cannot be absent");
  return encoded.value;
}

function describe(area: number, columns: MultivariateDrift["columns"]): string {
  if (area <= 0.5) return "a classifier tells head rows from base rows no better than by guessing";
  const how = `a classifier tells head rows from base rows with an area of ${area.toFixed(2)} (0.50 is guessing)`;
  return columns.length === 0 ? how : `${how}, mostly by ${columns.map(({ column }) => column).join(", ")}`;
}

function countOf(rows: Int32Array, labels: Int32Array, label: number): number {
  return rows.reduce((count, row) => count + (labels[row] === label ? 1 : 0), 0);
}

function pick(values: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => values[row]!);
}
