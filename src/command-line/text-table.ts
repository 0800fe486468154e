import { stripVTControlCharacters } from "node:util";

/** Lines of left-aligned columns, as wide as their widest cell; colors do not count as width. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[], indent = 0): string {
  const all = [header, ...rows];
  const widths = header.map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ""))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd();
  return all.map((row) => " ".repeat(indent) + line(row)).join("\n");
}

function width(cell: string): number {
  return [...stripVTControlCharacters(cell)].length;
}
