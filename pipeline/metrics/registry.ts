import { readdirSync } from "node:fs";
import { basename } from "node:path";
import type { Metric, MetricRole, Task } from "./metric.ts";

const folder = new URL("./measures/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
const found = await Promise.all(files.map(load));

/**
 * Every metric by id, in the order in which they are shown. Found by listing `measures`, so that a new metric edits no
 * list. Throws when a file breaks the recipe (CONTRIBUTING.md): that is a defect of this program, never of a user.
 */
export const metrics: ReadonlyMap<string, Metric> = new Map(
  found
    .sort((left, right) => left.order - right.order || (left.id < right.id ? -1 : 1))
    .map((metric) => [metric.id, metric]),
);

/** The metrics that are defined for a task, in display order. */
export function metricsFor(task: Task): Metric[] {
  return [...metrics.values()].filter((metric) => metric.tasks.includes(task));
}

/** The metrics that play a role for a task, in display order; at least one. */
export function metricsAs(role: MetricRole, task: Task): [Metric, ...Metric[]] {
  const [first, ...others] = metricsFor(task).filter(({ roles }) => roles[role]?.includes(task));
  if (first === undefined) throw new Error(`no metric has the role ${role} for ${task} tasks`);
  return [first, ...others];
}

async function load(file: string): Promise<Metric> {
  const { default: metric }: { default?: Metric } = await import(new URL(file, folder).href);
  const id = basename(file, ".ts").replaceAll("-", "_");
  if (metric?.id !== id)
    throw new Error(`the default export of pipeline/metrics/measures/${file} must be the metric ${id}`);
  return metric;
}
