import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Prediction } from "../predict.ts";
import { csvLine } from "./csv-line.ts";

/** Lines per write. All of them as one text can be longer than any text may be. */
const linesAtOnce = 1_000;

/** Writes predictions as CSV into a new file: row (from 1), predicted, and one probability per class. */
export function writePredictions(file: string, { classes, predicted, probabilities }: Prediction): void {
  const descriptor = openSync(file, "wx");
  try {
    let lines = [csvLine(["row", "predicted", ...classes.map((name) => `probability of ${name}`)])];
    for (const [row, answer] of predicted.entries()) {
      const label = classes.length === 0 ? answer : (classes[answer] as string);
      const shares = classes.map((_, which) => probabilities[row * classes.length + which]!);
      lines.push(csvLine([row + 1, label, ...shares]));
      if (lines.length < linesAtOnce) continue;
      writeFileSync(descriptor, lines.join(""));
      lines = [];
    }
    writeFileSync(descriptor, lines.join(""));
  } finally {
    closeSync(descriptor);
  }
}
