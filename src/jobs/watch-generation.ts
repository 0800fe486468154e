import type { Database } from "../store/database.ts";
import { isCurrent, type PullRequestKey } from "../store/pull-requests.ts";

const everyMilliseconds = 2000;

/** A signal that fires when the job's time is over or a newer event made its work pointless. */
export function watchGeneration(
  database: Database,
  key: PullRequestKey,
  generation: number,
  outer: AbortSignal,
): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const timer = setInterval(() => {
    isCurrent(database, key, generation).then(
      (current) => current || controller.abort(new Error("A newer event replaced this review")),
      () => {},
    );
  }, everyMilliseconds);
  timer.unref();
  return {
    signal: AbortSignal.any([controller.signal, outer]),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
