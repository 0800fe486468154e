import { describe, expect, it } from "vitest";
import { csvLine } from "../../../pipeline/export/csv-line.ts";

describe("a line of CSV", () => {
  it.each<[string, (string | number)[], string]>([
    ["numbers and text", [1, -2.5, "a b"], "1,-2.5,a b"],
    ["text with a comma, a quote or a line end", ["a,b", 'say "x"', "two\nlines"], '"a,b","say ""x""","two\nlines"'],
    [
      "a formula, made harmless",
      ["=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)"],
      "'=1+1,'+cmd|'/c calc'!A0,'-2+3,'@SUM(A1)",
    ],
    ["a formula behind white space, made harmless", ["\t=1", "\r=1"], "'\t=1,\"'\r=1\""],
    ["a formula with a comma, made harmless inside its quotes", ['=HYPERLINK("x","y")'], '"\'=HYPERLINK(""x"",""y"")"'],
    ["text that is a number, as it is", ["-5", "+1.5e3", "-"], "-5,+1.5e3,'-"],
    ["nothing", ["", "x"], ",x"],
  ])("holds %s", (_, cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\n`);
  });
});
