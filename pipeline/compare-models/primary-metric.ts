import { suggestName } from "../experiment/closest-name.ts";
import type { Metric, Task } from "../metrics/metric.ts";
import { metricsAs, metricsFor } from "../metrics/registry.ts";
import type { Outcome } from "../problem.ts";

/** The metric by which models of a task are ranked: the one that was asked for, else the task's own. */
export function primaryMetric(task: Task, written?: string): Outcome<Metric> {
  const known = metricsFor(task);
  const [usual] = metricsAs("ranking", task);
  const id = written ?? usual.id;
  const metric = known.find((one) => one.id === id);
  if (metric !== undefined) return { ok: true, value: metric, notes: [] };
  const ids = known.map((one) => one.id);
  return {
    ok: false,
    problems: [
      {
        code: "unknown-metric",
        where: { path: "--metric" },
        message: `There is no metric of this name for ${task} tasks.`,
        written: id.slice(0, 80),
        allowed: ids.join(", "),
        remedy: suggestName(id, ids, "Use one of the allowed names."),
      },
    ],
  };
}
