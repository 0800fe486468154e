import { examineIntegrity } from "../integrity/examine-integrity.ts";
import { type ExaminedSide, examineSide, timeColumn } from "../integrity/examined-side.ts";
import type { IntegrityReport } from "../integrity/integrity-report.ts";
import type { Match } from "../match/match.ts";
import { findScoreGain } from "./find-score-gain.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { SideRun, SideRuns } from "./run-sides.ts";
import type { RunContext } from "./run-through-cache.ts";

/**
 * Leakage and broken data in the head, by the rows that its run trained on and held out, and what of it the base had
 * already; null when the head did not run. A base that did not run counts as none. Trains once more where what was added
 * makes the head's score too good to be true.
 */
export function findIntegrity(
  sides: ReadSides,
  runs: Pick<SideRuns, "base" | "head">,
  match: Match | null,
  context: RunContext,
): IntegrityReport | null {
  const renamed = match?.columns.renamed ?? [];
  const [before, after] = [timeOf(runs.base), timeOf(runs.head)];
  const head = examine(sides.head, runs.head, after ?? renamed.find(({ from }) => from === before)?.to ?? before);
  if (head === null) return null;
  const earlier = before ?? renamed.find(({ to }) => to === after)?.from ?? after;
  const base = runs.base === runs.head ? head : examine(sides.base, runs.base, earlier);
  // a key that names other rows than in the base finds none again
  const reassigned = match !== null && match.reassignedKey !== null;
  const named = (side: ExaminedSide) => (reassigned ? { ...side, key: null } : side);
  const gain = findScoreGain(sides, runs, { head, base }, match, context);
  return examineIntegrity(named(head), base && named(base), match, gain);
}

/**
 * What one side names as the time of its rows dates those of the other as well: naming it does not make an overlap new, and
 * no longer naming it does not make it vanish.
 */
function timeOf(ran: SideRun): string | null {
  return ran?.run ? timeColumn(ran.run.experiment) : null;
}

function examine(side: ReadSide | null, ran: SideRun, time: string | null): ExaminedSide | null {
  return side?.read.ok && ran?.run ? examineSide(side.read.value, ran.run, time) : null;
}
