import type {
  IntegrityEntry,
  IntegrityKind,
  IntegrityReport,
  Severity,
} from "../../pipeline/integrity/integrity-report.ts";
import { formatCount } from "../../pipeline/words.ts";

/** From which value on an entry counts, and by how much a known one must have grown to count again. */
export interface EntryLimit {
  from: number;
  /** Null: growth alone never makes it new. */
  growth: number | null;
}

export interface JudgedEntries {
  /** What the change brought, or made worse. */
  fresh: IntegrityEntry[];
  /** What the base has in the same way: a change is not blamed for it. */
  known: IntegrityEntry[];
}

/**
 * Divides the entries of a severity that are at or over their limit into new and known ones. An entry is known only
 * when the base's value is over the limit as well. Without a base everything is new.
 *
 * @param limits by kind; kinds without one count from any value on
 * @param ignore columns that nothing is said about
 */
export function judgeEntries(
  report: IntegrityReport,
  severity: Severity,
  limits: Partial<Record<IntegrityKind, EntryLimit>>,
  ignore: readonly string[],
): JudgedEntries {
  const judged: JudgedEntries = { fresh: [], known: [] };
  for (const entry of report.entries) {
    const { from, growth } = limits[entry.kind] ?? { from: 0, growth: null };
    const named = entry.columns ?? (entry.column === null ? [] : [entry.column]);
    const ignored = named.length > 0 && named.every((column) => ignore.includes(column));
    if (entry.severity !== severity || entry.value < from || ignored) continue;
    const { baseValue } = entry;
    const wasThere = baseValue !== null && baseValue >= from;
    const grew = wasThere && growth !== null && entry.value - baseValue >= growth;
    judged[wasThere && !grew ? "known" : "fresh"].push(entry);
  }
  return judged;
}

const shownNames = 3;

/** What is known, for one line: `column alive, hold-out rows in training and 2 more`. Holds data text. */
export function nameEntries(entries: readonly IntegrityEntry[]): string {
  const names = [...new Set(entries.map(({ kind, column }) => column ?? kind.replaceAll("-", " ")))];
  const more = names.length - shownNames;
  return names.slice(0, shownNames).join(", ") + (more > 0 ? ` and ${formatCount(more)} more` : "");
}
