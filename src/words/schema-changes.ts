import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import { formatCount } from "../../pipeline/words.ts";

/** What can become of a schema. `moved`: values under another name that exists as well; `target-…`: values of the target. */
export const schemaChangeKinds = [
  "added",
  "removed",
  "renamed",
  "moved",
  "retyped",
  "target-added",
  "target-removed",
] as const;

export type SchemaChangeKind = (typeof schemaChangeKinds)[number];

/** As many changes of a kind are told one by one, or named of more. */
export const shownChanges = 3;
const longestName = 80;

/** A name that is not longer than a line. */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length > longestName ? `${characters.slice(0, longestName).join("")}…` : text;
}

/** One thing that became of a schema. May hold data text: escape it. */
export interface SchemaChange {
  kind: SchemaChangeKind;
  name: string;
  title: string;
  from: string | null;
  to: string | null;
}

/** Everything that became of a schema, what breaks most first. */
export function changesOf({ added, removed, renamed, moved = [], retyped, target }: SchemaDiff): SchemaChange[] {
  return [
    ...movesOf(moved),
    ...removed.map(
      (name): SchemaChange => ({ kind: "removed", name, title: `Column ${name} is gone`, from: name, to: null }),
    ),
    ...renamesOf(renamed),
    ...retyped.map(
      ({ column, from, to, texts }): SchemaChange => ({
        kind: "retyped",
        name: column,
        title: `Column ${column} was ${from}${from === "numeric" ? "" : describeTexts(texts)} and is now ${to}${to === "numeric" ? "" : describeTexts(texts)}`,
        from,
        to,
      }),
    ),
    ...added.map(
      (name): SchemaChange => ({ kind: "added", name, title: `Column ${name} is new`, from: null, to: name }),
    ),
    ...valuesOf(target?.removed ?? [], "target-removed"),
    ...valuesOf(target?.added ?? [], "target-added"),
  ];
}

/** As of values: with a header that was lost, all columns have other names. */
function renamesOf(renamed: SchemaDiff["renamed"]): SchemaChange[] {
  if (renamed.length <= shownChanges) {
    return renamed.map(({ from, to }) => ({
      kind: "renamed",
      name: from,
      title: `Column ${from} is now called ${to}`,
      from,
      to,
    }));
  }
  const shown = renamed.slice(0, shownChanges).map(({ from, to }) => `${shorten(from)} → ${shorten(to)}`);
  return [
    {
      kind: "renamed",
      name: renamed.map(({ from, to }) => `${from} → ${to}`).join(", "),
      title: `${formatCount(renamed.length)} columns have other names: ${shown.join(", ")} and ${formatCount(renamed.length - shownChanges)} more`,
      from: shorten(renamed.map(({ from }) => from).join(", ")),
      to: shorten(renamed.map(({ to }) => to).join(", ")),
    },
  ];
}

/** A few values are told one by one; many came or went together. */
function valuesOf(values: string[], kind: "target-added" | "target-removed"): SchemaChange[] {
  const verb = kind === "target-added" ? "has" : "lost";
  const change = (name: string, title: string): SchemaChange => ({
    kind,
    name,
    title,
    ...(kind === "target-added" ? { from: null, to: shorten(name) } : { from: shorten(name), to: null }),
  });
  if (values.length <= shownChanges) {
    const noun = kind === "target-added" ? "a new value" : "the value";
    return values.map((name) => change(name, `The target ${verb} ${noun} ${name}`));
  }
  const shown = values.slice(0, shownChanges).map(shorten).join(", ");
  const which = `${formatCount(values.length)} ${kind === "target-added" ? "new values" : "values"}`;
  return [
    change(
      values.join(", "),
      `The target ${verb} ${which}: ${shown} and ${formatCount(values.length - shownChanges)} more`,
    ),
  ];
}

/** What keeps cells from being numbers: ` (16 cells with "?")`. */
function describeTexts(texts: SchemaDiff["retyped"][number]["texts"]): string {
  if (texts === undefined) return "";
  const { cells, values } = texts;
  return ` (${formatCount(cells)} ${cells === 1 ? "cell" : "cells"} with ${values.map((text) => `"${shorten(text)}"`).join(", ")})`;
}

/** Columns change places together, and are put back together. */
function movesOf(moved: NonNullable<SchemaDiff["moved"]>): SchemaChange[] {
  const [first, ...others] = moved;
  if (first === undefined) return [];
  const named = others.slice(0, shownChanges - 1).map(({ from, to }) => `, those of ${from} in ${to}`);
  const left = others.length - named.length;
  const more = left === 0 ? "" : `, and ${formatCount(left)} more ${left === 1 ? "column" : "columns"} moved`;
  return [
    {
      kind: "moved",
      name: moved.map(({ from, to }) => `${from} → ${to}`).join(", "),
      title: `The values of ${first.from} are now in ${first.to}${named.join("")}${more}`,
      from: shorten(moved.map(({ from }) => from).join(", ")),
      to: shorten(moved.map(({ to }) => to).join(", ")),
    },
  ];
}
