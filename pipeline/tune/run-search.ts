import type { ModelOptions } from "../experiment/experiment.ts";
import type { CrossValidation } from "./cross-validate.ts";
import { findEntry, type Journal, type JournalEntry } from "./journal.ts";
import type { Rung } from "./search-plan.ts";

export interface SearchOptions {
  trials: readonly ModelOptions[];
  rungs: readonly Rung[];
  direction: "higher" | "lower";
  /** Wall-clock budget in seconds, over all sittings. A trial that has begun is finished. */
  seconds: number;
  evaluate: (model: ModelOptions, share: number) => CrossValidation;
  journal: Journal;
  /** Called before each trial. */
  onTrial?: (done: number, planned: number, best: number | null) => void;
}

export interface SearchResult {
  /** In the order in which they were asked for. */
  entries: JournalEntry[];
  /** `seconds` when the time ran out before the plan was done. */
  stopped: "finished" | "seconds";
}

/**
 * Evaluates the trials round by round and takes the best of each round into the next, together with trial 0, the
 * start, so that it is always judged on all rows too. Whatever the journal knows is not done again.
 *
 * Equal scores rank by trial. Without the budget the result depends on the trials alone; with it, on the journal's
 * times too, so a search that stopped for want of time stops at the same place when it is asked again.
 */
export function runSearch(options: SearchOptions): SearchResult {
  const { trials, rungs, journal } = options;
  const gain = (score: number | null) =>
    score === null ? Number.NEGATIVE_INFINITY : options.direction === "higher" ? score : -score;
  const entries: JournalEntry[] = [];
  const planned = rungs.reduce((sum, rung) => sum + rung.trials, 0);
  let spent = 0;
  let alive = trials.map((_, trial) => trial);
  for (const { trials: wanted, share } of rungs) {
    alive = withStart(alive.slice(0, wanted)).toSorted((a, b) => a - b);
    const round: JournalEntry[] = [];
    for (const trial of alive) {
      if (entries.length > 0 && spent >= options.seconds) return { entries, stopped: "seconds" };
      const best = round.reduce<JournalEntry | null>((a, b) => (a && gain(a.score) >= gain(b.score) ? a : b), null);
      options.onTrial?.(entries.length, planned, best?.score ?? null);
      const entry = findEntry(journal, trial, share) ?? evaluateTrial(options, trial, share);
      spent += entry.seconds;
      entries.push(entry);
      round.push(entry);
    }
    alive = round
      .toSorted((a, b) => (gain(a.score) === gain(b.score) ? a.trial - b.trial : gain(b.score) - gain(a.score)))
      .map(({ trial }) => trial);
  }
  return { entries, stopped: "finished" };
}

function withStart(trials: readonly number[]): number[] {
  return trials.includes(0) ? [...trials] : [0, ...trials];
}

function evaluateTrial(options: SearchOptions, trial: number, share: number): JournalEntry {
  const model = options.trials[trial]!;
  const start = performance.now();
  const judged = options.evaluate(model, share);
  const seconds = Math.round(performance.now() - start) / 1000;
  const entry = { trial, share, model, ...judged, seconds };
  options.journal.append(entry);
  return entry;
}
