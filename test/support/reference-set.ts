import type { TrainingSet } from "../../pipeline/models/estimator.ts";
import { readReferenceText, referenceData } from "./reference-data.ts";

/** The reference sets. Iris, penguins and German credit are part of the repository; the others may lie beside it. */
const TABLES = {
  iris: "iris/iris.csv",
  penguins: "penguins/penguins.csv",
  titanic: "titanic/titanic.csv",
  pima_diabetes: "pima_diabetes/diabetes.csv",
  german_credit: "german_credit/GermanCredit.csv",
  adult: "adult/adult-train.csv",
} as const;

export type ReferenceName = keyof typeof TABLES;

const ADULT_COLUMNS = [
  ...["age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship"],
  ...["race", "sex", "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"],
];

/** The names of those that are on this machine. */
export const referenceNames = (Object.keys(TABLES) as ReferenceName[]).filter(
  (name) =>
    referenceData(`tables/${TABLES[name]}`) !== undefined && referenceData(`reference/${name}.json`) !== undefined,
);

export interface ReferenceSet {
  classes: string[];
  positive: number | null;
  train: TrainingSet;
  holdout: TrainingSet;
  /** scikit-learn's numbers by model and metric. */
  metrics: Record<string, Record<string, number>>;
}

/**
 * Reads a reference set and encodes it as its reference says: numeric columns by the training rows' median, mean and
 * standard deviation; categorical ones with "missing" as a category, one-hot, in sorted order.
 */
export function loadReferenceSet(name: ReferenceName): ReferenceSet {
  const reference = readJson(`reference/${name}.json`);
  const split = readJson(`reference/${name}.split.json`) as { train: number[]; test: number[] };
  const lines = parseCsv(readReferenceText(referenceData(`tables/${TABLES[name]}`)!));
  const names = name === "adult" ? ADULT_COLUMNS : lines.shift()!;
  const column = (wanted: string) => lines.map((cells) => cells[names.indexOf(wanted)]!);
  const isMissing = (cell: string) => cell === "" || (name === "adult" && cell === "?");
  const labels = column(reference.target);
  const classes = [...new Set(labels)].sort();
  const encoded = [
    ...reference.numeric.map((wanted: string) =>
      standardize(
        column(wanted).map((cell) => (isMissing(cell) ? Number.NaN : Number(cell))),
        split.train,
      ),
    ),
    ...reference.categorical.flatMap((wanted: string) =>
      oneHot(
        column(wanted).map((cell) => (isMissing(cell) ? "missing" : cell)),
        split.train,
      ),
    ),
  ] as Float64Array[];
  const rowsOf = (rows: number[]): TrainingSet => ({
    features: {
      rows: rows.length,
      columns: encoded.length,
      values: Float64Array.from(rows.flatMap((row) => encoded.map((values) => values[row]!))),
    },
    target: Int32Array.from(rows, (row) => classes.indexOf(labels[row]!)),
    classes: classes.length,
    task: classes.length === 2 ? "binary" : "multiclass",
  });
  return {
    classes,
    positive: reference.positive === null ? null : classes.indexOf(reference.positive),
    train: rowsOf(split.train),
    holdout: rowsOf(split.test),
    metrics: reference.metrics,
  };
}

function standardize(values: number[], train: number[]): Float64Array {
  const known = train.map((row) => values[row]!).filter((value) => !Number.isNaN(value));
  known.sort((a, b) => a - b);
  const median = (known[(known.length - 1) >> 1]! + known[known.length >> 1]!) / 2;
  const filled = values.map((value) => (Number.isNaN(value) ? median : value));
  const mean = train.reduce((sum, row) => sum + filled[row]!, 0) / train.length;
  const variance = train.reduce((sum, row) => sum + (filled[row]! - mean) ** 2, 0) / train.length;
  const scale = variance > 0 ? Math.sqrt(variance) : 1;
  return Float64Array.from(filled, (value) => (value - mean) / scale);
}

function oneHot(values: string[], train: number[]): Float64Array[] {
  const categories = [...new Set(train.map((row) => values[row]!))].sort();
  return categories.map((category) => Float64Array.from(values, (value) => (value === category ? 1 : 0)));
}

export function parseCsv(text: string): string[][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)\s*(?:"([^"]*)"|([^,]*))/g)].map((match) => (match[1] ?? match[2] ?? "").trim()),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: the reference files are described in their own text
function readJson(path: string): any {
  return JSON.parse(readReferenceText(referenceData(path)!));
}
