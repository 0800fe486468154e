export interface Announcement extends Disposable {
  /** Stops waiting, and lets an announcement that has begun come to its end. */
  settle(): Promise<void>;
}

/** A first pause before it is tried again; each further one is twice as long. */
const firstPause = 1000;

/**
 * Runs `show` after a moment unless the work has ended by then; 0 is at once, null is never. One write less for everything
 * that is quick. What fails is tried again while the work goes on: an outage that is over must not hide a long review.
 */
export async function announce(show: () => Promise<void>, afterMilliseconds: number | null): Promise<Announcement> {
  const atOnce = afterMilliseconds === 0;
  let shown: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const end = () => {
    ended = true;
    clearTimeout(timer);
  };
  const begin = (pause: number) => {
    shown = show();
    // Looked at in `settle`; until then nobody listens.
    shown.catch(() => {
      if (!ended) timer = setTimeout(begin, pause, 2 * pause);
    });
  };
  if (atOnce) await show();
  else if (afterMilliseconds !== null) timer = setTimeout(begin, afterMilliseconds, firstPause);
  return {
    settle() {
      end();
      return shown;
    },
    [Symbol.dispose]: end,
  };
}
