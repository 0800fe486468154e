export interface Announcement extends Disposable {
  /** Stops waiting, and lets an announcement that has begun come to its end. */
  settle(): Promise<void>;
}

/**
 * Runs `show` after a moment unless the work has ended by then; 0 is at once, null is never. One write less for everything
 * that is quick.
 */
export async function announce(show: () => Promise<void>, afterMilliseconds: number | null): Promise<Announcement> {
  const atOnce = afterMilliseconds === 0;
  let shown: Promise<void> = Promise.resolve();
  if (atOnce) await show();
  const begin = () => {
    shown = show();
    // Looked at in `settle`; until then nobody listens.
    shown.catch(() => {});
  };
  const timer = atOnce || afterMilliseconds === null ? undefined : setTimeout(begin, afterMilliseconds);
  return {
    settle() {
      clearTimeout(timer);
      return shown;
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
