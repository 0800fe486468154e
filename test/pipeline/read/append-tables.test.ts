import { expect, it } from "vitest";
import { appendTables } from "../../../pipeline/read/append-tables.ts";
import { profileTable } from "../../../pipeline/table/profile-table.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const format = { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false } as const;
const part = (...columns: Column[]) => {
  const table = tableOf(...columns);
  return { table, profile: profileTable(table, format), bytes: 10 };
};

it("puts rows below one another, in the column order of the first", () => {
  const [a, b] = [numeric("a", [1, null]), categorical("b", ["y", null])];
  const { table, bytes } = appendTables([part(a, b), part(categorical("b", ["x"]), numeric("a", [3]))]);
  const columns = [numeric("a", [1, null, 3]), categorical("b", ["y", null, "x"])];
  expect([table, bytes]).toEqual([{ rowCount: 3, columns }, 20]);
});

it("takes a column as categorical when it is so anywhere; a numeric part of it has only missing cells", () => {
  const { table } = appendTables([
    part(numeric("a", [null])),
    part(categorical("a", ["z"])),
    part(categorical("a", ["q"])),
  ]);
  expect(table.columns).toEqual([categorical("a", [null, "z", "q"])]);
});
