import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ModelOptions } from "../experiment/experiment.ts";
import type { Problem } from "../problem.ts";

const maybe = z.number().nullable();

/** One cross-validated model: what a search has learned and need not do again. */
export const journalEntry = z.strictObject({
  /** From 0, the start. */
  trial: z.int().min(0),
  /** Share of the training rows that trained. */
  share: z.number().gt(0).max(1),
  model: z.looseObject({ type: z.string() }),
  score: maybe,
  standardError: maybe,
  folds: z.array(maybe),
  reason: z.string().nullable(),
  /** Wall-clock time. Counts toward the budget, also after a restart; decides nothing else. */
  seconds: z.number().min(0),
});

export type JournalEntry = z.infer<typeof journalEntry>;

/** Where a search keeps what it has learned, so that it can go on after being killed. */
export interface Journal {
  entries: readonly JournalEntry[];
  /** Must be durable when it returns. */
  append(entry: JournalEntry): void;
}

/** A search that cannot be resumed. */
export const noJournal: Journal = { entries: [], append: () => {} };

/** What the journal says about a trial; undefined when it was not finished. */
export function findEntry(journal: Journal, trial: number, share: number): JournalEntry | undefined {
  return journal.entries.find((entry) => entry.trial === trial && entry.share === share);
}

/** A journal whose trials are not the ones that this search would try belongs to another search. */
export function strangeEntry(journal: Journal, trials: readonly ModelOptions[], path: string): Problem | null {
  const strange = journal.entries.find(
    ({ trial, model }) => trials[trial] !== undefined && !isDeepStrictEqual(model, trials[trial]),
  );
  if (strange === undefined) return null;
  return {
    code: "journal-of-another-search",
    where: { path },
    message: `The journal's trial ${strange.trial} is not the one that this search would try.`,
    written: JSON.stringify(strange.model).slice(0, 200),
    allowed: JSON.stringify(trials[strange.trial]).slice(0, 200),
    remedy: "Use another folder for this search.",
  };
}
