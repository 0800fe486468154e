import type { IntegrityEntry, IntegrityReport } from "../../pipeline/integrity/integrity-report.ts";

/** A copy of the target that the base does not have, with what differs. */
export function anEntry(different: Partial<IntegrityEntry> = {}): IntegrityEntry {
  const baseValue = different.baseValue ?? null;
  return {
    kind: "target-copy",
    severity: "leakage",
    column: "alive",
    value: 1,
    baseValue,
    isNew: baseValue === null,
    evidence: { rows: 891, classes: 2, mapping: '"no" is "0", "yes" is "1"' },
    description: '"no" is "0", "yes" is "1"',
    ...different,
  };
}

export function aReport(entries: IntegrityEntry[], compared = true): IntegrityReport {
  return { compared, entries, omitted: {} };
}
