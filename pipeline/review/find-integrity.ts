import type { SchemaDiff } from "../data/schema-diff.ts";
import { examineIntegrity } from "../integrity/examine-integrity.ts";
import { type ExaminedSide, examineSide } from "../integrity/examined-side.ts";
import type { IntegrityReport } from "../integrity/integrity-report.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { SideRun, SideRuns } from "./run-sides.ts";

/**
 * Leakage and broken data in the head, by the rows that its run trained on and held out, and what of it the base had
 * already; null when the head did not run. A base that did not run counts as none.
 */
export function findIntegrity(
  sides: ReadSides,
  runs: Pick<SideRuns, "base" | "head">,
  schema: SchemaDiff | null,
): IntegrityReport | null {
  const head = examine(sides.head, runs.head);
  if (head === null) return null;
  const base = runs.base === runs.head ? head : examine(sides.base, runs.base);
  return examineIntegrity(head, base, schema?.renamed ?? []);
}

function examine(side: ReadSide | null, ran: SideRun): ExaminedSide | null {
  return side?.read.ok && ran?.run ? examineSide(side.read.value, ran.run) : null;
}
