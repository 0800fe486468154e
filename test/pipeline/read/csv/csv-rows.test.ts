import { describe, expect, it } from "vitest";
import { createCsvRows } from "../../../../pipeline/read/csv/csv-rows.ts";

function written(rows: readonly (readonly (string | undefined)[])[], width: number): string {
  const text = createCsvRows();
  for (const row of rows) text.add(row);
  return text.finish(width).toString();
}

describe("rows as CSV text", () => {
  it.each<[string, (string | undefined)[][], number, string]>([
    ["quotes and commas", [["a", 'say "b", c']], 2, '"a","say ""b"", c"\n'],
    ["absent cells", [[undefined, "a"], ["b"]], 2, '"","a"\n"b",""\n'],
    ["a NUL", [["a\0b"]], 1, '"ab"\n'],
    ["columns that no row has", [["a\nb"], ['c"\n']], 3, '"a\nb","",""\n"c""\n","",""\n'],
    ["no rows", [], 2, ""],
  ])("%s", (_, rows, width, text) => {
    expect(written(rows, width)).toBe(text);
  });

  it("fills up rows that were written long before a column appeared", () => {
    const long = 'x"\n'.repeat(200_000);
    const rows = [["first"], [long], ["third"], [long, "late"], ["last", "", "more"]];
    const cell = (value = "") => `"${value.replaceAll('"', '""')}"`;
    const expected = rows.map((row) => [0, 1, 2].map((at) => cell(row[at])).join(","));
    expect(written(rows, 3) === `${expected.join("\n")}\n`).toBe(true);
  });
});
