import type { ListItem } from "./parse-tasks.ts";
import { plainCriterion } from "./plain-criterion.ts";
import { findPattern } from "./text-pattern.ts";

/**
 * How a task that a policy requires stands in a text. `open`: there, but not ticked; `struck`: struck through or marked
 * N/A; `negated`: ticked, but the words around it say the opposite.
 */
export type RequiredTask =
  | { state: "done" }
  | { state: "missing" }
  | { state: "open" }
  /** `written`: the whole task. */
  | { state: "struck" | "negated"; written: string };

/** More of a task than anybody reads. */
const longest = 1_000;

const struck = /(?<!~)(~{1,2})(?=\S)[^~]*?\S\1(?!~)|<(del|s|strike)(?:\s[^<>]*)?>.*?<\/\2\s*>/gi;
const tag = /<\/?[a-z][^<>]*>/gi;

const denial = /\b(?:not|no|never|nobody|none|nothing|neither|without|cannot|forgot|skip(?:ped)?|refused?)\b|n['’]t\b/i;
const idle =
  "yet|done|do|did|have|been|be|really|at all|it|this|that|so|look(?:ed)?|check(?:ed)?|true|needed|necessary|required|relevant|applicable|possible";
const denialBehind = new RegExp(
  `(?:\\b(?:not|never|nobody|cannot)|n['’]t)(?:[ ,]+(?:${idle}))*\\W*$|[-:,(–—]\\s*(?:no|nope|false|todo|tbd|later|skipped|pending)\\W*$`,
  "i",
);

/** Looks for the best of the tasks that a pattern names. */
export function findRequiredTask(pattern: string, tasks: readonly ListItem[]): RequiredTask {
  const found = tasks.map((task) => judge(pattern, task));
  for (const state of ["done", "open", "negated", "struck"]) {
    const best = found.find((one) => one.state === state);
    if (best !== undefined) return best;
  }
  return { state: "missing" };
}

function judge(pattern: string, { text, ticked, waived }: ListItem): RequiredTask {
  const said = text.slice(0, longest);
  const place = findIn(pattern, said.replace(struck, " "));
  if (place === null || waived)
    return findIn(pattern, said) === null ? { state: "missing" } : { state: "struck", written: text };
  if (ticked !== true) return { state: "open" };
  const before = place.before.split(/[.;!?]/).at(-1)!;
  return denial.test(before) || denialBehind.test(place.behind)
    ? { state: "negated", written: text }
    : { state: "done" };
}

/** What stands before and behind the pattern, as a reader sees it. */
function findIn(pattern: string, written: string): { before: string; behind: string } | null {
  const seen = written.replace(tag, "");
  for (const text of [seen, plainCriterion(seen)]) {
    const place = findPattern(pattern, text);
    if (place !== null) return { before: text.slice(0, place.start), behind: text.slice(place.end) };
  }
  return null;
}
