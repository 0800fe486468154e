import type { Problem } from "../problem.ts";
import { formatCount, listNames, shortenText } from "../words.ts";
import { formatOf } from "./formats.ts";
import type { Part } from "./part.ts";
import type { ReadLimits } from "./read-limits.ts";
import { showBytes } from "./show-bytes.ts";

/** Files whose columns are not those of the first. Their order does not count. */
export function columnsDiffer(parts: readonly Part[]): Problem[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  const expected = first.table.columns.map(({ name }) => name);
  return others.flatMap(({ path, table }) => {
    const names = new Set(table.columns.map(({ name }) => name));
    const absent = expected.filter((name) => !names.has(name));
    for (const name of expected) names.delete(name);
    if (absent.length === 0 && names.size === 0) return [];
    const written = [
      ...(absent.length > 0 ? [`without ${listNames(absent)}`] : []),
      ...(names.size > 0 ? [`with ${listNames([...names])}`] : []),
    ];
    return [
      {
        code: "columns-differ",
        where: { path },
        message: `The columns are not those of ${shortenText(first.path)}.`,
        written: written.join("; "),
        allowed: listNames(expected),
        remedy: "Give every file of the data the same columns, or name fewer files.",
      },
    ];
  });
}

/** A limit that several files share is told as a whole, not as what the files before left of it. */
export function overAll(problem: Problem, limits: ReadLimits): Problem {
  if (problem.code === "file-too-large") {
    return { ...problem, allowed: `at most ${showBytes(limits.bytes)} in all files together` };
  }
  if (problem.code === "too-many-rows") {
    return { ...problem, allowed: `at most ${formatCount(limits.rows)} rows in all files together` };
  }
  if (problem.code === "too-many-cells") {
    return { ...problem, allowed: `at most ${formatCount(limits.cells)} cells in all files together` };
  }
  return problem;
}

/** Columns that are categories only because of some of the files. */
export function typesDiffer(mixed: ReadonlySet<string>, parts: readonly Part[]): Problem[] {
  return [...mixed].map((name) => {
    const fileOf = (type: string) =>
      parts.find(({ profile }) =>
        profile.columns.some((column) => column.name === name && column.type === type && column.distinct > 0),
      )?.path ?? "";
    return {
      code: "types-differ",
      where: { path: fileOf("categorical") },
      message: `Column ${shortenText(name)} has values here that are no numbers, so it was read as categorical everywhere.`,
      written: shortenText(name),
      remedy: `Compare it with ${shortenText(fileOf("numeric"))}, where all are numbers; list markers of missing cells in \`missing\`.`,
    };
  });
}

/** Files that are written in another way than the first, whose format the profile tells. */
export function formatsDiffer(parts: readonly Part[]): Problem[] {
  const how = ({ profile: { format } }: Part) =>
    [formatOf(format).name, format.delimiter, format.encoding].map((word) => (word === "\t" ? "tab" : word)).join(" ");
  const [first, ...others] = parts;
  const other = others.find((part) => how(part) !== how(first!));
  if (first === undefined || other === undefined) return [];
  return [
    {
      code: "formats-differ",
      where: { path: other.path },
      message: `The file is written in another way than ${shortenText(first.path)}; each was read in its own.`,
      written: `${how(other)}; ${how(first)}`,
      remedy: "Nothing, if that is meant; otherwise write the files alike.",
    },
  ];
}

/** A hundred files can say the same thing a hundred times: the first three of each kind are kept, the others counted. */
export function fewerNotes(notes: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem[]>();
  for (const note of notes) seen.set(note.code, [...(seen.get(note.code) ?? []), note]);
  return [...seen.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || alike.length <= maxAlike) return alike;
    const more = {
      ...first,
      message: `${formatCount(alike.length - maxAlike)} more notes like this one: ${first.message}`,
    };
    return [...alike.slice(0, maxAlike), more];
  });
}

const maxAlike = 3;
