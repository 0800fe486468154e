import { closeSync, openSync, writeSync } from "node:fs";
import { createRandom } from "../pipeline/stats/random.ts";

/**
 * Writes a CSV with normal columns and a target that a logistic model can learn in part.
 *
 * @param shift added to every third column, so that the file drifted
 */
export function writeNumericTable(path: string, rows: number, columns: number, seed: string, shift = 0): void {
  const random = createRandom(seed);
  const names = Array.from({ length: columns }, (_, i) => `x${i}`);
  const file = openSync(path, "w");
  writeSync(file, `${[...names, "y"].join(",")}\n`);
  let block: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const values = names.map((_, i) => random.normal() + (i % 3 === 0 ? shift : 0));
    const signal = values.reduce((sum, value, i) => sum + value / (i + 2), 0);
    const label = random.uniform() < 1 / (1 + Math.exp(-signal)) ? "yes" : "no";
    block.push(`${values.map((value) => value.toFixed(6)).join(",")},${label}`);
    if (block.length === 10_000 || row === rows - 1) {
      writeSync(file, `${block.join("\n")}\n`);
      block = [];
    }
  }
  closeSync(file);
}
