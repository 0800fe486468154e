import type { Outcome } from "./closing-table.ts";
import { open, play } from "./play.ts";
import { criteriaRepaired } from "./scenarios/criteria.ts";
import { drift } from "./scenarios/drift.ts";
import { improvement } from "./scenarios/improvement.ts";
import { regression } from "./scenarios/regression.ts";
import { rowsDeleted } from "./scenarios/rows-deleted.ts";
import type { Stage } from "./stage.ts";
import type { Timeline } from "./timeline.ts";

/** Opens the pull requests of the demo one after another, then plays each to its end. */
export async function perform({ person, pageOf }: Stage, timeline: Timeline): Promise<Outcome[]> {
  const opened = [];
  for (const scenario of [improvement, regression, rowsDeleted, drift, criteriaRepaired]) {
    opened.push(await open(scenario, person, timeline));
  }
  const outcomes = [];
  for (const one of opened) outcomes.push(...(await play(one, person, timeline, pageOf(one.pullRequest))));
  return outcomes;
}
