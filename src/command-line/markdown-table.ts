import { escapeMarkdown } from "../report/escape-markdown.ts";

/** A number, or a value with its spread or interval: nothing that could be markup. */
const number = /^[+−<(]*\d(?:[\d\s.,+−±<()]|to)*$/;

/** A Markdown table; every cell is shown as plain text, whatever it holds. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => (number.test(cell) ? cell : escapeMarkdown(cell))).join(" | ")} |`;
  return [line(header), `|${"---|".repeat(header.length)}`, ...rows.map(line)].join("\n");
}
