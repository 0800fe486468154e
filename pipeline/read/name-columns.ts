import type { Outcome, Problem } from "../problem.ts";
import { repeatedNames } from "../repeated-names.ts";
import { formatCount, listNames } from "../words.ts";

const maxNameLength = 500;

/**
 * Column names from the cells of a header line. A nameless column (pandas writes its index that way) is called
 * `column_<position>`, with a note. Two columns of one name are a problem: nobody could say which one is meant.
 *
 * @param line line of the header in the file
 */
export function nameColumns(cells: readonly string[], path: string, line: number): Outcome<string[]> {
  const names = cells.map((cell, index) => cell || `column_${index + 1}`);
  const apply = (rules: readonly Rule[]) => rules.flatMap((rule) => rule({ path, line }, names, cells) ?? []);
  const problems = apply(mistakes);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: names, notes: apply(doubts) };
}

type Rule = (where: Problem["where"], names: readonly string[], cells: readonly string[]) => Problem | null;

const mistakes: readonly Rule[] = [
  (where, names) => {
    const repeated = repeatedNames(names);
    if (repeated.length === 0) return null;
    return {
      code: "duplicate-column",
      where,
      message: "Several columns have the same name.",
      written: listNames(repeated, 10),
      allowed: "a different name for every column",
      remedy: repeated.every(isNumber)
        ? "If the first line is data, declare format.header: false with format.names; otherwise rename these columns."
        : "Rename or remove the repeated columns.",
    };
  },
  (where, names) => {
    const tooLong = names.filter((name) => name.length > maxNameLength);
    if (tooLong.length === 0) return null;
    return {
      code: "long-column-name",
      where,
      message: "A column name is too long; a quote may be missing in the header.",
      written: listNames(tooLong, 10),
      allowed: `at most ${formatCount(maxNameLength)} characters`,
      remedy: "Shorten the name, or correct the header.",
    };
  },
];

const doubts: readonly Rule[] = [
  (where, names, cells) => {
    const nameless = names.filter((_, index) => cells[index] === "");
    if (nameless.length === 0) return null;
    return {
      code: "unnamed-column",
      where,
      message: `${nameless.length === 1 ? "A column has" : `${formatCount(nameless.length)} columns have`} no name in the header.`,
      written: listNames(nameless, 10),
      remedy: "Name the column in the header, or write the file without its index (pandas: to_csv(index=False)).",
    };
  },
  (where, _, cells) =>
    cells.filter(isNumber).length <= cells.length / 4
      ? null
      : {
          code: "header-looks-like-data",
          where,
          message: "Column names are numbers, as if the header line were missing.",
          written: listNames(cells, 10),
          remedy: "Add a header line, or declare format.header: false with format.names.",
        },
  (where, names) =>
    names.length !== 1
      ? null
      : {
          code: "one-column",
          where,
          message: "The file has a single column.",
          written: listNames(names, 10),
          allowed: "columns separated by comma, semicolon, tab or pipe",
          remedy: "If cells are separated by something else, export the file with commas.",
        },
];

function isNumber(cell: string): boolean {
  return cell !== "" && Number.isFinite(Number(cell));
}
