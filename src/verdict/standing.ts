import type { Twin } from "../store/twins.ts";
import type { Override } from "./override.ts";

/**
 * What the check run of a commit and a base branch says when a pull request of theirs was judged: the worst of those by
 * people who may write to the repository; of all, when no such person has one. What was let through by hand is let through for
 * all of them, because they would merge the same commit into the same branch.
 */
export type Standing =
  /** Somebody let the commit through by hand, for this pull request or for one that shares the check. */
  | { says: "overridden"; override: Override }
  /** Its own verdict. */
  | { says: "own" }
  /** It passes, but these don't. */
  | { says: "failing"; twins: number[] }
  /** It passes, and nobody knows of these yet: the gate stays shut. */
  | { says: "waiting"; twins: number[] }
  /** An outsider's: the check belongs to these, whatever it says. */
  | { says: "theirs"; twins: number[] };

/** Whether the author may write to the repository, and the verdict on this pull request alone. */
interface Own {
  insider: boolean;
  passes: boolean;
}

export function standingOf(own: Own, twins: readonly Twin[], override: Override | null): Standing {
  if (override !== null) return { says: "overridden", override };
  const counted = countedFor(own, twins);
  const numbers = (some: readonly Twin[]) => some.map(({ number }) => number);
  if (counted === "theirs") return { says: "theirs", twins: numbers(twins.filter(({ insider }) => insider)) };
  const failing = counted.filter(({ conclusion }) => conclusion === "failure");
  if (!own.passes) return { says: "own" };
  if (failing.length > 0) return { says: "failing", twins: numbers(failing) };
  const waiting = counted.filter(({ conclusion }) => conclusion === null);
  return waiting.length > 0 ? { says: "waiting", twins: numbers(waiting) } : { says: "own" };
}

/** Whether what there is to say changes when a twin has its verdict: also where another one fails already. */
export function waitsForTwins(own: Own, twins: readonly Twin[], override: Override | null): boolean {
  if (override !== null) return false;
  const counted = countedFor(own, twins);
  return counted !== "theirs" && own.passes && counted.some(({ conclusion }) => conclusion === null);
}

/** The twins that count beside this one, or that the check is theirs alone. */
function countedFor({ insider }: Own, twins: readonly Twin[]): readonly Twin[] | "theirs" {
  const insiders = twins.filter((twin) => twin.insider);
  if (insider) return insiders;
  return insiders.length > 0 ? "theirs" : twins;
}
