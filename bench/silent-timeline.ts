import type { Timeline } from "../demo/timeline.ts";

/** Says nothing; for measurements. */
export const silentTimeline: Timeline = {
  say() {},
  heading() {},
  while: (_text, work) => work,
  seconds: () => performance.now() / 1000,
};
