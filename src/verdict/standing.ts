import type { Twin } from "../store/twins.ts";

/**
 * What the check run of a commit and a base branch says when a pull request of theirs was judged: the worst of those by
 * people who may write to the repository; of all, when no such person has one.
 */
export type Standing =
  /** Its own verdict. */
  | { says: "own" }
  /** It passes, but these don't. */
  | { says: "failing"; twins: number[] }
  /** It passes, and nobody knows of these yet: the gate stays shut. */
  | { says: "waiting"; twins: number[] }
  /** An outsider's: the check belongs to these, whatever it says. */
  | { says: "theirs"; twins: number[] };

/** @param own whether the author may write to the repository, and the verdict on this pull request alone */
export function standingOf(own: { insider: boolean; passes: boolean }, twins: readonly Twin[]): Standing {
  const insiders = twins.filter(({ insider }) => insider);
  const numbers = (some: readonly Twin[]) => some.map(({ number }) => number);
  if (!own.insider && insiders.length > 0) return { says: "theirs", twins: numbers(insiders) };
  const counted = own.insider ? insiders : twins;
  const failing = counted.filter(({ conclusion }) => conclusion === "failure");
  if (!own.passes) return { says: "own" };
  if (failing.length > 0) return { says: "failing", twins: numbers(failing) };
  const waiting = counted.filter(({ conclusion }) => conclusion === null);
  return waiting.length > 0 ? { says: "waiting", twins: numbers(waiting) } : { says: "own" };
}
