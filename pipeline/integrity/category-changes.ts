import { type CategoricalColumn, type Column, countCodes } from "../table/table.ts";
import { formatCount, percent, quoteSome } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { isMarkerText } from "./marker-values.ts";

/** A column with more distinct values than this share of its rows holds text: new values are its nature. */
const mostDistinct = 0.5;
/** A category that the head would hold fewer times than this at the base's rate may be absent by chance. */
const fewestExpected = 5;
const falseAlarms = 0.05;
/** Standard deviations within which a count is by chance. */
const deviations = 3;

/**
 * Categories of features that came or went. `value` is the share of rows they hold: of the head's for new ones, of the
 * base's for vanished ones. Cost: O(rows + categories).
 *
 * @param baseColumn the base's column of that name, or null
 */
export function categoryChanges(head: ExaminedSide, baseColumn: (name: string) => Column | null): Measured[] {
  return head.features.flatMap((column) => {
    const base = baseColumn(column.name);
    if (column.type !== "categorical" || base?.type !== "categorical") return [];
    if (isText(column) || isText(base)) return [];
    const gone = absentFrom(column, base, fewestTelling(base, column));
    const added = absentFrom(base, column, isByChance(column, base) ? fewestTelling(column, base) : 1);
    return [
      describe("new-categories", column, added, column.codes.length),
      describe("vanished-categories", column, gone, base.codes.length),
    ].filter((entry) => entry !== null);
  });
}

function isText({ codes, categories }: CategoricalColumn): boolean {
  return codes.length === 0 || categories.length > mostDistinct * codes.length;
}

/**
 * From how many rows on a category of one column is not absent from the other by chance: five would be expected there, and
 * the probability that all rows of any of its categories are on one side is at most 5 %.
 */
function fewestTelling({ codes, categories }: CategoricalColumn, other: CategoricalColumn): number {
  const [own, others] = [codes.length, other.codes.length];
  const onOneSide = Math.log(Math.max(1, categories.length) / falseAlarms) / Math.log((own + others) / own);
  return Math.max((fewestExpected * own) / others, onOneSide);
}

/**
 * Whether a sample of the same categories would have as many rows in rare new ones. The share of rows whose category the
 * base has once is what rows of the same origin hold in categories that it lacks (Good 1953). That may be so of the rows that
 * came to the head or, when the base lost rows of rare categories as well, of all.
 */
function isByChance(head: CategoricalColumn, base: CategoricalColumn): boolean {
  const [now, then] = [countsOf(head), countsOf(base)];
  const scale = head.codes.length / base.codes.length;
  const [rareNow, rareThen] = [fewestTelling(head, base), fewestTelling(base, head)];
  let [came, fresh, squares, gone, once] = [0, 0, 0, 0, 0];
  for (const [name, count] of now) {
    const before = then.get(name) ?? 0;
    came += Math.max(0, count - before);
    if (before > 0 || count >= rareNow) continue;
    fresh += count;
    squares += count ** 2;
  }
  for (const [name, count] of then) {
    if (count === 1) once++;
    if (!now.has(name) && count < rareThen) gone += count * scale;
  }
  const expected = once / base.codes.length;
  // rows come in lots of a category
  const lot = fresh === 0 ? 1 : Math.min(fewestExpected, squares / fresh);
  const atMost = (mean: number) => mean + deviations * Math.sqrt(mean * lot);
  const exchanged = fresh - gone <= deviations * Math.sqrt((fresh + gone) * lot);
  return fresh <= atMost(expected * came) || (exchanged && fresh <= atMost(expected * head.codes.length));
}

function countsOf(column: CategoricalColumn): Map<string, number> {
  const counts = countCodes(column);
  return new Map(column.categories.flatMap((name, code) => (counts[code] === 0 ? [] : [[name, counts[code]!]])));
}

interface Change {
  names: string[];
  rows: number;
}

/**
 * Categories of `column` with at least `fewest` rows that `other` does not have, the most frequent first. Missing
 * markers are told as such, not here.
 */
function absentFrom(other: CategoricalColumn, column: CategoricalColumn, fewest: number): Change {
  const known = new Set(other.categories);
  const fresh = column.categories.flatMap((name, code) =>
    known.has(name) || isMarkerText(name) === "surely" ? [] : [code],
  );
  if (fresh.length === 0) return { names: [], rows: 0 };
  const counts = countCodes(column);
  const kept = fresh.filter((code) => counts[code]! > 0 && counts[code]! >= fewest);
  return {
    names: kept.sort((a, b) => counts[b]! - counts[a]! || a - b).map((code) => column.categories[code]!),
    rows: kept.reduce((sum, code) => sum + counts[code]!, 0),
  };
}

function describe(
  kind: "new-categories" | "vanished-categories",
  { name }: CategoricalColumn,
  { names, rows }: Change,
  total: number,
): Measured | null {
  if (names.length === 0) return null;
  const share = rows / total;
  const side = kind === "new-categories" ? "head" : "base";
  const many = names.length === 1 ? "1 category" : `${formatCount(names.length)} categories`;
  return {
    kind,
    column: name,
    value: share,
    evidence: { categories: names.length, rows, share, examples: quoteSome(names) },
    description: `${many} in ${percent(share)} of the ${side}'s rows: ${quoteSome(names)}`,
  };
}
