import type { Estimator } from "../pipeline/models/estimator.ts";
import { fillSections } from "./fill-sections.ts";

/** The page `docs/models.md` with its table of estimators made anew. */
export function modelsDocs(page: string, estimators: ReadonlyMap<string, Estimator>): string {
  const rows = [...estimators.values()].map(
    ({ type, tasks, docs }) => `| \`${type}\` | ${tasks.join(", ")} | ${docs} |`,
  );
  const table = ["| `model.type` | tasks | what it is |", "|---|---|---|", ...rows].join("\n");
  return fillSections(page, { estimators: table });
}
