export type SearchKind = "random" | "successive-halving";

/** One round of a search: how many trials take part, on which share of the training rows. */
export interface Rung {
  trials: number;
  share: number;
}

/** Of each round the best third goes on to the next, which has three times the rows. */
const eta = 3;
/** Fewer training rows than this rank models by luck. */
const fewestRows = 100;

/**
 * The rounds of a search. Random search has one, on all rows. Successive halving (Jamieson and Talwalkar 2016) begins
 * with all trials on few rows; it has as many rounds as trials and rows allow, so on few rows it is a random search.
 *
 * @param rows training rows of one fold
 * @example planSearch("successive-halving", 27, 2000); // 27 trials on 1/9, 9 on 1/3, 3 on all
 */
export function planSearch(kind: SearchKind, trials: number, rows: number): Rung[] {
  const rungs: Rung[] = [{ trials, share: 1 }];
  if (kind === "random") return rungs;
  let share = 1;
  for (let alive = trials; alive >= eta && (rows * share) / eta >= fewestRows; alive = Math.ceil(alive / eta)) {
    share /= eta;
    rungs.unshift({ trials: 0, share });
  }
  let alive = trials;
  return rungs.map((rung) => {
    const planned = { trials: alive, share: rung.share };
    alive = Math.ceil(alive / eta);
    return planned;
  });
}
