import { closestName } from "../../pipeline/experiment/closest-name.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { isOtherMeasure, longestOtherMeasure } from "./measured-words.ts";

const known = new Map<string, string>([
  ...[...metrics.values()].flatMap(({ id, aliases }) => aliases.map((alias) => [normalise(alias), id] as const)),
  ...[...metrics.values()].map(({ id, title }) => [normalise(title), id] as const),
  ...[...metrics.keys()].map((id) => [id, id] as const),
]);

/** The same names without any hyphen or space: `F-1`, `RocAuc`, `log-loss`. */
const compact = new Map([...known].map(([name, id]) => [name.replaceAll("_", ""), id] as const));

/** Words of the longest name, also of a measure that has no metric. */
const longest = Math.max(longestOtherMeasure, ...[...known.keys()].map((name) => name.split("_").length));

/**
 * The metric that a person means, by id, title or a usual name in any case; else the closest name, when one is near.
 *
 * @example findMetric("ROC AUC"); // { id: "roc_auc" }
 * @example findMetric("roc_auk"); // { closest: "roc_auc" }
 */
export function findMetric(written: string): { id: string } | { closest: string | null } {
  const name = normalise(written);
  const id = known.get(name) ?? compact.get(name.replace(/[_^]/g, ""));
  return id === undefined ? { closest: closestMetric(name) } : { id };
}

/**
 * A text without the first metric that it names, by id, title or a usual name, or the first other measure of the field;
 * null when it names none.
 * Linear in the length of the text.
 *
 * @example withoutMetricName("keep the F-1 over 0.9"); // "keep the   over 0.9"
 */
export function withoutMetricName(text: string): string | null {
  const words = [...text.matchAll(/[\p{L}\d²]+/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const [first, { start }] of words.entries()) {
    for (let last = Math.min(first + longest, words.length) - 1; last >= first; last -= 1) {
      const { end } = words[last]!;
      const name = words.slice(first, last + 1).map((word) => word.text);
      const joined = name.join("");
      if ((compact.has(joined) || isOtherMeasure(joined)) && /^[\p{L}\d²^\s_./-]+$/u.test(text.slice(start, end))) {
        return `${text.slice(0, start)} ${text.slice(end)}`;
      }
    }
  }
  return null;
}

/** Stricter than for keys of a file: "version" in a sentence is no typing error of "precision". */
function closestMetric(name: string): string | null {
  const closest = name.length < 4 ? null : closestName(name, metrics.keys());
  if (closest === null) return null;
  return closest[0] === name[0] && Math.abs(closest.length - name.length) <= 2 ? closest : null;
}

function normalise(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}
