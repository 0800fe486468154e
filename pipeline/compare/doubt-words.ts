import type { Doubt, Refusal } from "../match/doubt.ts";
import type { Match } from "../match/match.ts";
import { formatCount, quoteText } from "../words.ts";

/** Reasons are cut when long: the list of all columns is in the data section. */
const namedMoves = 2;

type Words = { [Kind in Doubt["kind"]]: (doubt: Extract<Doubt, { kind: Kind }>) => string };

/** Doubts that only explain why few rows were found on both sides; the others are always told. */
const explainFewRows: ReadonlySet<Doubt["kind"]> = new Set(["keys-replaced", "other-rows"]);

const words: Words = {
  "key-absent": ({ key }) => `The key column "${key}" does not exist on both sides.`,
  "columns-differ": ({ shared, base, head }) =>
    `The columns differ (${formatCount(shared)} shared, ${formatCount(base)} in the base, ${formatCount(head)} in the head), so the shared ones name the rows.`,
  "keys-reassigned": ({ key, rows }) =>
    `In ${formatCount(rows)} rows the key "${key}" is that of another row of the base, so the other columns name the rows.`,
  "columns-written-anew": ({ changed, naming }) =>
    `Hardly any row has the same content on both sides, because ${list(changed)} changed. ${naming.length === 1 ? "Column" : "The columns"} ${list(naming)} did not change and ${naming.length === 1 ? "names" : "name"} the rows.`,
  "keys-replaced": ({ key, base, common, spelling }) =>
    `${common === 0 ? "None" : formatCount(common)} of the ${formatCount(base)} values of the key column "${key}" ${common > 1 ? "are" : "is"} in the head${spelling === null ? "" : `: ${spelling}`}.`,
  "other-rows": ({ key, base, found }) =>
    `Of the base's ${formatCount(base)} rows, ${found === 0 ? "none is" : found === 1 ? "1 is" : `${formatCount(found)} are`} in the head with ${key === null ? "the same content" : `the same "${key}"`}.`,
  "too-few-columns": ({ shared }) =>
    `The data of both sides has ${shared === 0 ? "no column" : "only one column"} in common beside the target, which cannot tell the rows apart. Declare a key column that exists on both sides.`,
  "target-moved": ({ away, taken, moved }) =>
    away === null
      ? `The target ${quoteText(taken!.to)} now holds the values of ${quoteText(taken!.from)}${others(moved - 1)}.`
      : `The values of the target ${quoteText(away.from)} are now in ${quoteText(away.to)}${away.to === taken?.to ? ", which is the head's target" : ""}${others(moved - 1)}.`,
  "other-observations": ({ key }) =>
    `The rows of each "${key}" have other values and other labels than in the base, which agree no more than by chance: the key names other observations. Name as key what tells the observations apart.`,
};

/** One doubt as a sentence or two. It contains names from a pull request. */
export function tellDoubt<Kind extends Doubt["kind"]>(doubt: Extract<Doubt, { kind: Kind }>): string {
  return (words[doubt.kind] as (doubt: Doubt) => string)(doubt);
}

/** The doubts that a reader must always know, or those that explain why few rows were found. */
export function doubtsToTell(doubts: readonly Doubt[], when: "always" | "few-rows"): Doubt[] {
  return doubts.filter(({ kind }) => explainFewRows.has(kind) === (when === "few-rows"));
}

/** A refusal and what to do about it. @param header whether the head's file names its columns itself */
export function tellRefusal(refusal: Refusal, header: boolean): string {
  return refusal.kind === "target-moved" ? `${tellDoubt(refusal)} ${putBack(header)}` : tellDoubt(refusal);
}

/** @example // The values of "a" are now in "b", and those of "b" in "a". Put the names of these columns back. */
export function tellMoves(moved: Match["columns"]["moved"], header: boolean): string {
  const shown = moved
    .slice(0, namedMoves)
    .map(
      ({ from, to }, at) =>
        `${at === 0 ? "The values of" : "and those of"} ${quoteText(from)} ${at === 0 ? "are now " : ""}in ${quoteText(to)}`,
    );
  return `${shown.join(", ")}${others(moved.length - shown.length)}. ${putBack(header)}`;
}

function putBack(header: boolean): string {
  return header
    ? "Put the names of these columns back."
    : "Write format.names in the order of the file's columns, or put the columns back.";
}

function others(count: number): string {
  return count <= 0 ? "" : `, and ${formatCount(count)} more ${count === 1 ? "column" : "columns"} moved`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}
