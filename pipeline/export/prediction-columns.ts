import type { ParquetColumn } from "../read/parquet/to-parquet.ts";
import type { Run } from "../run.ts";

/**
 * The hold-out predictions of a run as columns, in file order: data row (from 1), actual, predicted, and one
 * probability per class.
 */
export function predictionColumns({ holdout, classes, task }: Run): ParquetColumn[] {
  const order = holdout.rows.map((_, index) => index).sort((a, b) => holdout.rows[a]! - holdout.rows[b]!);
  const answers = (name: string, values: readonly number[]): ParquetColumn =>
    task === "regression"
      ? { name, type: "number", values: order.map((index) => values[index]!) }
      : { name, type: "text", values: order.map((index) => classes[values[index]!]!) };
  const probabilities = task === "regression" ? [] : classes;
  return [
    { name: "row", type: "integer", values: order.map((index) => holdout.rows[index]! + 1) },
    answers("actual", holdout.actual),
    answers("predicted", holdout.predicted),
    ...probabilities.map((name, which): ParquetColumn => {
      const values = order.map((index) => holdout.probabilities[index * classes.length + which]!);
      return { name: `probability of ${name}`, type: "number", values };
    }),
  ];
}
