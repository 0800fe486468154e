import { limits } from "../match/limits.ts";
import { rowHashes } from "../match/row-hashes.ts";
import { createRandom } from "../stats/random.ts";
import type { Column, Table } from "../table/table.ts";

/** Rows from which a model would learn, among them perhaps copies of rows that are held out: whoever learns from them knows the answers. */
export interface Suspects {
  base: Table;
  head: Table;
  /** Columns that the head's model learns from and both have. */
  features: readonly string[];
  /** Zero-based rows of the base. */
  heldOut: readonly number[];
  trained: readonly number[];
  /** Zero-based rows of the head, and of each the row of the base that is the same one; −1: none. */
  rows: readonly number[];
  partners: Int32Array;
}

/**
 * Of the rows that are new or hold other features than in the base, those that nothing may be learned from: those with the features of a held-out row; and all, when they lie much
 * nearer to held-out rows than to others more often than chance would have it (one-sided binomial test at 10⁻⁶), so that changing the last
 * digits helps nobody. Where most rows share their features with others, equal ones are chance and say nothing.
 */
export function copiesOfHoldout(suspects: Suspects): { rows: readonly number[]; of: number } {
  const { base, head, features, heldOut, partners } = suspects;
  if (suspects.rows.length === 0 || features.length < limits.fewestColumns || base === head) return { rows: [], of: 0 };
  const known = new BigInt64Array(rowHashes(base, features).buffer);
  const hashes = new BigInt64Array(rowHashes(head, features).buffer);
  const rows = suspects.rows.filter((row, at) => partners[at]! < 0 || known[partners[at]!] !== hashes[row]);
  if (rows.length === 0) return { rows, of: 0 };
  const held = new Set(heldOut.map((row) => known[row]!));
  const distinct = held.size >= limits.mostly * heldOut.length;
  const copies = distinct ? rows.filter((row) => held.has(hashes[row]!)) : [];
  const rest = distinct ? rows.filter((row) => !held.has(hashes[row]!)) : rows;
  return { rows: lieNear({ ...suspects, rows: rest }) ? rows : copies, of: rows.length };
}

/** So many suspects, taken evenly, say whether they were made from held-out rows. */
const mostLooked = 2_000;
/** As many rows on either side of a suspect are looked at, in the order of a random direction: what lies near lies near in any. */
const neighbours = 40;
/** Much nearer: by chance that is one in 100 rows of two numbers, and fewer of more. */
const muchNearer = 0.1;
const fewestNear = 5;
const leastCertain = 1e-6;

function lieNear({ base, head, features, heldOut, trained, rows }: Suspects): boolean {
  const space = spaceOf(base, head, features);
  if (space === null || heldOut.length === 0 || trained.length === 0) return false;
  const direction = directionOf(features.length);
  const members = [...heldOut.map((row) => ({ row, held: true })), ...trained.map((row) => ({ row, held: false }))];
  const known = members
    .map((one) => ({ ...one, at: dot(space.base, one.row, direction) }))
    .sort((one, other) => one.at - other.at);
  const step = Math.max(1, rows.length / mostLooked);
  const near = { held: 0, trained: 0 };
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)]!;
    const place = firstFrom(known, dot(space.head, row, direction));
    const nearest = { held: Number.POSITIVE_INFINITY, trained: Number.POSITIVE_INFINITY };
    for (const { row: other, held } of known.slice(Math.max(0, place - neighbours), place + neighbours)) {
      const side = held ? "held" : "trained";
      nearest[side] = Math.min(nearest[side], distance(space, row, other));
    }
    if (nearest.held < muchNearer ** 2 * nearest.trained) near.held++;
    else if (nearest.trained < muchNearer ** 2 * nearest.held) near.trained++;
  }
  const share = heldOut.length / members.length;
  return near.held >= fewestNear && atLeast(near.held, near.held + near.trained, share) < leastCertain;
}

type Coordinates = readonly (Float64Array | Int32Array)[];

/** Numbers in standard deviations of the base, categories as what they are; null where a column is of two types. */
function spaceOf(
  base: Table,
  head: Table,
  features: readonly string[],
): { base: Coordinates; head: Coordinates } | null {
  const space: Record<"base" | "head", (Float64Array | Int32Array)[]> = { base: [], head: [] };
  for (const name of features) {
    const [before, after] = [base, head].map(({ columns }) => columns.find((one) => one.name === name)) as Column[];
    if (before?.type === "numeric" && after?.type === "numeric") {
      const scale = spreadOf(before.values);
      space.base.push(before.values.map((value) => value / scale));
      space.head.push(after.values.map((value) => value / scale));
    } else if (before?.type === "categorical" && after?.type === "categorical") {
      const places = new Map(before.categories.map((text, code) => [text, code]));
      const codes = after.categories.map((text, code) => places.get(text) ?? before.categories.length + code);
      space.base.push(before.codes);
      space.head.push(after.codes.map((code) => codes[code] ?? -1));
    } else return null;
  }
  return space;
}

function spreadOf(values: Float64Array): number {
  let [count, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const delta = value - mean;
    mean += delta / ++count;
    squares += delta * (value - mean);
  }
  const spread = Math.sqrt(squares / Math.max(1, count));
  return spread > 0 && Number.isFinite(spread) ? spread : 1;
}

function directionOf(dimensions: number): Float64Array {
  const random = createRandom("near held-out rows");
  return Float64Array.from({ length: dimensions }, () => random.normal());
}

/** The place of a row along a direction; categories and missing cells have none. */
function dot(space: Coordinates, row: number, direction: Float64Array): number {
  return space.reduce((sum, cells, at) => {
    const value = cells instanceof Float64Array ? cells[row]! : 0;
    return sum + direction[at]! * (Number.isNaN(value) ? 0 : value);
  }, 0);
}

/** Squared; another category, or a cell missing on one side, counts as one standard deviation. */
function distance({ base, head }: { base: Coordinates; head: Coordinates }, row: number, other: number): number {
  let sum = 0;
  for (let at = 0; at < head.length; at++) {
    const [one, two] = [head[at]![row]!, base[at]![other]!];
    const apart = head[at] instanceof Int32Array ? Number(one !== two) : one - two;
    sum += Number.isNaN(apart) ? Number(Number.isNaN(one) !== Number.isNaN(two)) : apart * apart;
  }
  return sum;
}

function firstFrom(known: readonly { at: number }[], wanted: number): number {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle]!.at < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The chance of at least `count` of `of` at a probability each, bounded from above (Chernoff). */
function atLeast(count: number, of: number, probability: number): number {
  const share = count / of;
  if (share <= probability) return 1;
  const part = (observed: number, expected: number) => (observed === 0 ? 0 : observed * Math.log(observed / expected));
  return Math.exp(-of * (part(share, probability) + part(1 - share, 1 - probability)));
}
