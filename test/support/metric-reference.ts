import { existsSync, readFileSync } from "node:fs";
import type { Task } from "../../pipeline/metrics/metric.ts";

/** Rows and the value that another program gives for them. */
export interface ReferenceCase {
  name: string;
  task: Task;
  /** Class index or number per row. */
  actual: number[];
  predicted?: number[];
  /** Of the second class for two classes, else one row of probabilities per row; instead of `predicted`. */
  probabilities?: number[] | number[][];
  value: number;
  /** One weight per row, and the value with it; both or none. */
  weights?: number[];
  weighted?: number;
}

/** Reads the fixture of a metric; throws with what to add when there is none. */
export function metricReference(id: string): { cases: ReferenceCase[] } {
  const path = `test/fixtures/metrics/${id.replaceAll("_", "-")}.json`;
  const file = new URL(`../../${path}`, import.meta.url);
  const shape = '{ "made by": "<library and version, call>", "cases": [{ name, task, actual, predicted, value }, …] }';
  if (!existsSync(file)) throw new Error(`${id} has no reference values. Add ${path}: ${shape}; see CONTRIBUTING.md.`);
  const { "made by": origin, cases } = JSON.parse(readFileSync(file, "utf8"));
  if (!/\d/.test(origin ?? "")) throw new Error(`${path} does not say in "made by" which version and call made it.`);
  return { cases };
}
