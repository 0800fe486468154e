const longestMinutes = 15;

/** An outage ends; a refusal may be what somebody wants, and then the next event is soon enough. */
const mostAfterRefusal = 8;

/**
 * How long to leave a pull request alone of which something was out of reach: the next sweep first, then a minute, doubling.
 *
 * @param failures how often in a row it was so before
 * @param why `outage`: GitHub gave no answer. `refused`: it gave one that may be another in a moment
 * @returns minutes, or null when it is not tried again by itself
 */
export function minutesUntilRetry(failures: number, why: "outage" | "refused"): number | null {
  if (why === "refused" && failures >= mostAfterRefusal) return null;
  return failures === 0 ? 0 : Math.min(longestMinutes, 2 ** (failures - 1));
}
