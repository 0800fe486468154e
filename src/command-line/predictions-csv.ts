import type { Run } from "../../pipeline/run.ts";
import { csvLine } from "./csv-line.ts";

/** The hold-out predictions of a run, in file order: data row (from 1), actual, predicted, one probability per class. */
export function predictionsCsv({ holdout, classes, task }: Run): string {
  const names = task === "regression" ? [] : classes;
  const label = (value: number) => (task === "regression" ? value : (classes[value] as string));
  const order = holdout.rows.map((_, index) => index).sort((a, b) => holdout.rows[a]! - holdout.rows[b]!);
  const lines = [csvLine(["row", "actual", "predicted", ...names.map((name) => `probability of ${name}`)])];
  for (const index of order) {
    const probabilities = names.map((_, which) => holdout.probabilities[index * names.length + which]!);
    const cells = [holdout.rows[index]! + 1, label(holdout.actual[index]!), label(holdout.predicted[index]!)];
    lines.push(csvLine([...cells, ...probabilities]));
  }
  return lines.join("");
}
