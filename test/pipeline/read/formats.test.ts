import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { defaultReadLimits } from "../../../pipeline/read/read-limits.ts";
import { rowNames } from "../../../pipeline/split/row-names.ts";
import { cellsOf, readText } from "./read-text.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../../fixtures/data", name));

async function problems(content: string | Buffer, options = {}) {
  const outcome = await readText(content, {}, options);
  return outcome.ok ? [] : outcome.problems.map(({ code, where, written }) => [code, where.line, written]);
}

describe("gzip", () => {
  it("is removed and stated", async () => {
    const outcome = await readText(gzipSync("a;b\r\n1;x\r\n"));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(cellsOf(outcome.value.table)).toEqual({ a: [1], b: ["x"] });
    expect(outcome.value.profile.format).toEqual({
      gzip: true,
      delimiter: ";",
      encoding: "utf-8",
      lineEnding: "crlf",
      bom: false,
    });
  });

  it.each([
    ["a broken archive", gzipSync("a,b\n1,2\n").subarray(0, 15), ["broken-gzip", undefined, undefined]],
    [
      "an archive within another",
      gzipSync(gzipSync("a")),
      ["wrong-format", undefined, "a gzip archive within another"],
    ],
    ["an archive of nothing", gzipSync(""), ["empty-file", undefined, undefined]],
    [
      "an archive that grows over the limit",
      gzipSync(" ".repeat(10_000)),
      ["file-too-large", undefined, expect.stringMatching(/^over \d.* once decompressed$/)],
    ],
  ])("%s is refused", async (_, content, expected) => {
    expect(await problems(content, { limits: { ...defaultReadLimits, bytes: 5_000 } })).toEqual([expected]);
  });
});

describe("JSON Lines", () => {
  it("become columns in the order of their first appearance", async () => {
    const outcome = await readText(
      '\uFEFF{"a": 1, "b": "x, \\"y\\"\\nz"}\r\n\n{"b": null, "c": true, "a": "NA"}\n{"a": 2.5e0, "c": false, "d": " "}',
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(cellsOf(outcome.value.table)).toEqual({
      a: [1, null, 2.5],
      b: ['x, "y"\nz', null, null],
      c: [null, "true", "false"],
      d: [null, null, null],
    });
    expect(outcome.value.profile.format).toEqual({
      kind: "json-lines",
      delimiter: "none",
      encoding: "utf-8",
      lineEnding: "mixed",
      bom: true,
    });
  });

  it("have the row keys of the same CSV file", async () => {
    const json = await readText('{"a": 1, "b": "x"}\n{"b": "y"}\n');
    const csv = await readText("b,a\nx,1.0\ny,\n");
    expect(json.ok && rowNames(json.value.table, null)).toEqual(csv.ok && rowNames(csv.value.table, null));
  });

  it.each([
    ["a NUL byte", '{"a": "\0"}\n', ["not-json-lines", 1, "line 1: not JSON"]],
    ["a list", '[{"a": 1}]', ["wrong-format", undefined, "a JSON list"]],
    [
      "one object over several lines",
      '{\n  "a": 1\n}\n',
      ["not-json-lines", 1, "line 1: not JSON; line 2: not JSON; line 3: not JSON"],
    ],
    [
      "nested values and other lines",
      '{"a": 1}\n\n{"a": [1]}\n7\n',
      ["not-json-lines", 3, "line 3: nested value of a; line 4: not an object"],
    ],
    ["too many rows", '{"a": 1}\n'.repeat(4), ["too-many-rows", undefined, undefined]],
    ["too many keys", '{"a": 1, "b": 1, "c": 1}\n', ["not-json-lines", 1, "line 1: more than 2 keys"]],
    [
      "names that are equal but for spaces around them",
      '{"": 1, "column_1": 2}\n',
      ["duplicate-column", 1, "column_1"],
    ],
  ])("%s is refused", async (_, content, expected) => {
    expect(await problems(content, { limits: { ...defaultReadLimits, rows: 3, columns: 2 } })).toEqual([expected]);
  });

  it("with few cells in a wide table are refused before it is made", async () => {
    const content = `${'{"a": 1}\n'.repeat(3)}{"b": 1, "c": 1}\n`;
    expect(await problems(content, { limits: { ...defaultReadLimits, cells: 12 } })).toEqual([]);
    expect(await problems(`${content}${content}`, { limits: { ...defaultReadLimits, cells: 12 } })).toEqual([
      ["too-many-cells", undefined, "5 rows of 3 columns"],
    ]);
  });

  it("with a line that no row needs are refused before it is parsed", async () => {
    const nested = `{"a": ${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}\n`;
    expect(await problems(`{"a": 1}\n${nested}`)).toEqual([["not-json-lines", 2, "line 2: more than 2,000,000 bytes"]]);
  });

  it("count their lines with the blank ones", async () => {
    expect(await problems('\n \n\t\n\n{"a": 1}\n\u00a0\n7')).toEqual([["not-json-lines", 7, "line 7: not an object"]]);
  });
});

describe("Parquet", () => {
  it("gives numbers, and text for everything else", async () => {
    const outcome = await readText(fixture("types.parquet"));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(cellsOf(outcome.value.table)).toEqual({
      whole: [1, 2, null, 4],
      real: [0.1, null, null, 1e300],
      "te xt": ["x", null, null, 'it\'s "y"'],
      flag: ["true", "false", null, "true"],
      day: ["2024-01-31", "2024-02-29", null, "1999-12-31"],
      deci: [12345678901, 0.5, -2, null],
    });
    expect(outcome.value.profile.format).toMatchObject({ kind: "parquet", delimiter: "none" });
  });

  it("names rows where text has no lines", async () => {
    expect(await problems(fixture("types.parquet"), { columns: { flag: "numeric" } })).toEqual([
      ["not-a-number", undefined, "row 1: true; row 2: false"],
    ]);
  });

  it.each([
    [
      "nested and binary columns",
      fixture("nested.parquet"),
      {},
      ["nested-column", undefined, "list: INTEGER[]; struct: STRUCT(x INTEGER); bytes: BLOB"],
    ],
    ["no rows", fixture("no-rows.parquet"), {}, ["no-rows", undefined, undefined]],
    ["too many rows", fixture("types.parquet"), { rows: 3 }, ["too-many-rows", undefined, "4 rows"]],
    ["too many columns", fixture("types.parquet"), { columns: 5 }, ["too-many-columns", undefined, "6 columns"]],
    ["too many cells", fixture("types.parquet"), { cells: 23 }, ["too-many-cells", undefined, "4 rows of 6 columns"]],
    [
      "a cell over the limit",
      fixture("types.parquet"),
      { cellBytes: 9 },
      ["file-too-large", undefined, expect.stringMatching(/longest cell \d+ bytes$/)],
    ],
    [
      "a file that ends early",
      fixture("types.parquet").subarray(0, 300),
      {},
      ["wrong-format", undefined, "an incomplete Parquet file"],
    ],
    ["a broken file", Buffer.from("PAR1....................PAR1"), {}, ["unreadable", undefined, undefined]],
  ])("%s is refused", async (_, content, limits, expected) => {
    expect(await problems(content, { limits: { ...defaultReadLimits, ...limits } })).toEqual([expected]);
  });
});
