/** Most reviews without training end sooner, and then the verdict itself is the first thing to show. */
const patienceMilliseconds = 700;

export interface Announcement extends Disposable {
  /** Stops waiting, and lets an announcement that has begun come to its end. */
  settle(): Promise<void>;
}

/** Runs `show` when the work takes longer than a moment, or at once. One write less for everything that is quick. */
export async function announce(show: () => Promise<void>, atOnce: boolean): Promise<Announcement> {
  let shown: Promise<void> = Promise.resolve();
  if (atOnce) await show();
  const begin = () => {
    shown = show();
    // Looked at in `settle`; until then nobody listens.
    shown.catch(() => {});
  };
  const timer = atOnce ? undefined : setTimeout(begin, patienceMilliseconds);
  return {
    settle() {
      clearTimeout(timer);
      return shown;
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
