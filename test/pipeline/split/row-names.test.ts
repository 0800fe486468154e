import { describe, expect, it } from "vitest";
import { rowNames } from "../../../pipeline/split/row-names.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";
import { tableOfText } from "../read/read-text.ts";

const original = "a,b,c\n1,x,0.5\n2,y,\n-0,x,1e3\n";

async function keysOf(text: string): Promise<string[]> {
  return rowNames(await tableOfText(text), null);
}

describe("rowNames", () => {
  it("have fixed values, so that a row keeps its side in every version", async () => {
    expect(await keysOf(original)).toEqual(["bfb0c51d97a74e1f", "3cd03f90b4cb32cc", "40d00604e877712a"]);
  });

  it.each([
    ["line ends", original.replaceAll("\n", "\r\n")],
    ["the delimiter", original.replaceAll(",", ";")],
    ["quotes and padding", 'a,b,c\n"1"," x ",.50\n2, y,NA\n0,x,1000\n'],
    ["the order of columns", "c,a,b\n0.5,1,x\n,2,y\n1000,0,x\n"],
    ["how numbers are written", "a,b,c\n1.0,x,5e-1\n+2,y,\n0.0,x,1000.\n"],
    ["digits behind the 15th", "a,b,c\n1,x,0.50000000000000011\n2,y,\n0,x,1000\n"],
  ])("do not depend on %s", async (_, text) => {
    expect(await keysOf(text)).toEqual(await keysOf(original));
  });

  it("of other rows do not depend on a word that makes a column categorical", async () => {
    const keys = await keysOf("a,b,c\n1.0,x,0.5\n2,y,\n-0.0,x,1e3\nmany,x,1\n");
    expect(keys.slice(0, 3)).toEqual(await keysOf(original));
  });

  it.each([
    ["a value", "a,b,c\n1,x,0.6\n2,y,\n0,x,1000\n"],
    ["a swap of two columns' values", "a,b,c\n0.5,x,1\n2,y,\n0,x,1000\n"],
    ["a missing value", "a,b,c\n1,,0.5\n2,y,\n0,x,1000\n"],
  ])("depend on %s", async (_, text) => {
    const [first, ...others] = await keysOf(text);
    const [before, ...same] = await keysOf(original);
    expect(first).not.toBe(before);
    expect(others).toEqual(same);
  });

  it("distinguish missing, zero and empty-looking text", () => {
    const table = tableOf(categorical("a", [null, "0", "-1", "(missing)", "NaN"]));
    expect(new Set(rowNames(table, ["a"])).size).toBe(5);
  });

  it("over some columns are those of a table without the others", () => {
    const small = tableOf(numeric("a", [1, 2]), categorical("b", ["x", null]));
    const large = tableOf(numeric("a", [1, 2]), numeric("z", [3, 4]), categorical("b", ["x", null]));
    expect(rowNames(large, ["a", "b", "gone"])).toEqual(rowNames(small, ["b", "a"]));
  });
});
