import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DataRecipe, readData } from "../../../pipeline/read/read-data.ts";
import { defaultReadLimits, type ReadLimits } from "../../../pipeline/read/read-limits.ts";
import { readParts } from "../../../pipeline/read/read-parts.ts";
import { rowNames } from "../../../pipeline/split/row-names.ts";
import { withFiles } from "./local-files.ts";
import { cellsOf, defaultFormat, defaultMissing, tableOfText } from "./read-text.ts";

type Contents = Record<string, string | Buffer>;

const recipe: DataRecipe = { format: defaultFormat, missing: defaultMissing, columns: {} };

/** Reads files in the order they are given in. */
function readAll(contents: Contents, changes: Partial<DataRecipe> = {}) {
  return withFiles(contents, (files) => readData({ files, labels: null }, { ...recipe, ...changes }));
}

/** The same under limits. */
function readWithin(contents: Contents, limits: Partial<ReadLimits>) {
  const options = { missing: defaultMissing, columns: {}, limits: { ...defaultReadLimits, ...limits } };
  return withFiles(contents, (files) => readParts(files, defaultFormat, options));
}

/** Reads `data.csv` with the labels beside it. */
function readLabeled(
  data: string,
  labels: string | Buffer,
  key: string | string[] = "id",
  changes: Partial<DataRecipe> = {},
) {
  return withFiles({ "data.csv": data, "labels.csv": labels }, ([features, own]) =>
    readData({ files: [features!], labels: own! }, { ...recipe, labels: { data: "labels.csv", key }, ...changes }),
  );
}

function cells(outcome: Awaited<ReturnType<typeof readData>>) {
  if (!outcome.ok) return outcome.problems;
  return {
    cells: cellsOf(outcome.value.table),
    notes: outcome.notes.map(({ code, where }) => `${code} ${where.path}`),
  };
}

describe("several files", () => {
  it("are one table, in the order of the files and the columns of the first", async () => {
    const outcome = await readAll({ "a.csv": "x,y\n1,p\n2,q\n", "b.csv": "y,x\nr,3\np,\n" });
    expect(cells(outcome)).toEqual({ cells: { x: [1, 2, 3, null], y: ["p", "q", "r", "p"] }, notes: [] });
    expect(outcome.ok && [outcome.value.profile.rows, outcome.value.bytes]).toEqual([4, 23]);
  });

  it("are the table that the one file would be from which they were cut, whatever is in it", async () => {
    const cell = fc.constantFrom("1", "1.0", "02", "", "NA", "a", "b", "1e3");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 12 }), fc.nat(), async (rows, at) => {
        const lines = rows.map(([x, y], row) => `${x},${y},${row}`);
        const cut = 1 + (at % (lines.length - 1));
        const text = (some: string[]) => `x,y,row\n${some.join("\n")}\n`;
        const whole = await tableOfText(text(lines));
        const parts = await readAll({ "a.csv": text(lines.slice(0, cut)), "b.csv": text(lines.slice(cut)) });
        expect(parts.ok && parts.value.table).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  it("may be written each in its own way, which is said", async () => {
    const contents = {
      "a.csv": "x,y\n1,ä\n",
      "b.csv.gz": gzipSync("x;y\n2;b\n"),
      "c.jsonl": '{"x": 3, "y": "c"}\n',
      "d.csv": Buffer.from("x,y\r\n4,ä\r\n", "latin1"),
    };
    expect(cells(await readAll(contents))).toEqual({
      cells: { x: [1, 2, 3, 4], y: ["ä", "b", "c", "ä"] },
      notes: ["encoding-assumed d.csv", "formats-differ b.csv.gz"],
    });
  });

  it("make a column categorical that one of them has words in, and say which", async () => {
    const outcome = await readAll({ "a.csv": "x,y\n1.0,1\n02,1\n", "b.csv": "x,y\n,1\n", "c.csv": "x,y\nnone,1\n" });
    expect(cells(outcome)).toEqual({
      cells: { x: ["1.0", "02", null, "none"], y: [1, 1, 1, 1] },
      notes: ["types-differ c.csv"],
    });
    expect(outcome.ok && outcome.notes[0]).toEqual({
      code: "types-differ",
      where: { path: "c.csv" },
      message: "Column x has values here that are no numbers, so it was read as categorical everywhere.",
      written: "x",
      remedy: "Compare it with a.csv, where all are numbers; list markers of missing cells in `missing`.",
    });
  });

  it("keep a type that was declared", async () => {
    const read = readAll({ "a.csv": "x\n1\n", "b.csv": "x\nno\n" }, { columns: { x: "numeric" } });
    expect(cells(await read)).toMatchObject([{ code: "not-a-number", where: { path: "b.csv", line: 2 } }]);
  });

  it("need the same columns; each file that differs is named, with what is wrong in others", async () => {
    const contents = {
      "a.csv": "x,y\n1,2\n",
      "b.csv": "x,z\n1,2\n",
      "c.csv": "x\n1\n",
      "d.csv": "x,y\n1\n",
      "e.csv": "x,y,w\n1,2,3\n",
    };
    expect(cells(await readAll(contents))).toMatchObject([
      { code: "ragged-rows", where: { path: "d.csv", line: 2 } },
      {
        code: "columns-differ",
        where: { path: "b.csv" },
        message: "The columns are not those of a.csv.",
        written: "without y; with z",
        allowed: "x, y",
        remedy: "Give every file of the data the same columns, or name fewer files.",
      },
      { code: "columns-differ", where: { path: "c.csv" }, written: "without y" },
      { code: "columns-differ", where: { path: "e.csv" }, written: "with w" },
    ]);
  });

  it.each([
    ["rows", { rows: 150 }, { code: "too-many-rows", allowed: "at most 150 rows in all files together" }],
    ["cells", { cells: 300 }, { code: "too-many-cells", allowed: "at most 300 cells in all files together" }],
    ["bytes", { bytes: 600 }, { code: "file-too-large", allowed: "at most 600 bytes in all files together" }],
  ])("share one limit on %s, also when they are compressed", async (_, limits, problem) => {
    const part = gzipSync(`x,y\n${"1,2\n".repeat(100)}`);
    const contents = { "a.csv": part, "b.csv": part, "c.csv": part };
    expect(cells(await readWithin(contents, limits))).toMatchObject([{ ...problem, where: { path: "b.csv" } }]);
  });

  it("tell what many of them have in common three times, and count the others", async () => {
    const blank = "x,y\n1,1\n\n2,2\n";
    const contents = Object.fromEntries(Array.from("abcdefgh", (name) => [`${name}.csv`, blank]));
    const outcome = await readAll(contents);
    expect(outcome.ok && outcome.notes.map(({ message }) => message)).toEqual([
      ...Array(3).fill("1 blank line was skipped."),
      "5 more notes like this one: 1 blank line was skipped.",
    ]);
  });
});

describe("labels in a file of their own", () => {
  it("stand beside the rows with their key, in the order of the data", async () => {
    const outcome = await readLabeled("id,x\n3,c\n1,a\n2,b\n", "y;id\nno;1\nyes;2\nno;3\n");
    expect(cells(outcome)).toEqual({ cells: { id: [3, 1, 2], x: ["c", "a", "b"], y: ["no", "no", "yes"] }, notes: [] });
    expect(outcome.ok && outcome.value.profile.columns.map(({ name }) => name)).toEqual(["id", "x", "y"]);
  });

  it("give the rows that a table with all in it would have", async () => {
    const joined = await readLabeled("id,x\n3,c\n1,a\n", "id,y\n1,no\n3,yes\n");
    const whole = await tableOfText("y,id,x\nyes,3,c\nno,1,a\n");
    expect(joined.ok && rowNames(joined.value.table, null)).toEqual(rowNames(whole, null));
  });

  it("may be numbers, and shared by rows of one key", async () => {
    const outcome = await readLabeled("id,x\na,1\na,2\nb,3\n", "id,y\nb,0.5\na,-1\n");
    expect(cells(outcome)).toEqual({ cells: { id: ["a", "a", "b"], x: [1, 2, 3], y: [-1, -1, 0.5] }, notes: [] });
  });

  it("are found by several columns, whatever type each file gives them", async () => {
    const outcome = await readLabeled(
      "id,day,x\n007,1,a\n007,2,b\n8,1,c\n",
      "day,id,y\n2,7,B\n1,8,C\n1,7.0,A\n1,x,D\n",
      ["id", "day"],
    );
    expect(cells(outcome)).toMatchObject({
      cells: { y: ["A", "B", "C"] },
      notes: ["almost-numeric labels.csv", "labels-unused labels.csv"],
    });
  });

  it("are missing where there are none, with counts on both sides", async () => {
    const outcome = await readLabeled("id,x\n1,a\n2,b\n,c\n4,d\n", "id,y\n1,no\n9,rare\n,yes\n4,\n");
    expect(cells(outcome)).toEqual({
      cells: { id: [1, 2, null, 4], x: ["a", "b", "c", "d"], y: ["no", null, null, null] },
      notes: ["rows-unlabeled data.csv", "labels-unused labels.csv"],
    });
    expect(outcome.ok && outcome.notes.map(({ message }) => message)).toEqual([
      "2 of 4 rows have no label in labels.csv.",
      "2 of 4 labels belong to no row of the data.",
    ]);
  });

  it("are read with a header although the data has none", async () => {
    const format = { ...defaultFormat, header: false, names: ["id", "x"], delimiter: ";" as const };
    expect(cells(await readLabeled("1;a\n2;b\n", "id,y\n2,no\n1,yes\n", "id", { format }))).toMatchObject({
      cells: { y: ["yes", "no"] },
    });
  });

  it.each<[string, string, string, object[]]>([
    [
      "a key that occurs twice",
      "id,x\n1,a\n",
      "id,y\n1,no\n1,no\n2,a\n",
      [
        {
          code: "labels-key-repeated",
          where: { path: "labels.csv", key: "labels.key" },
          message: "The key is repeated in 1 of 3 rows of the labels, so nobody could say which label counts.",
          written: "id",
          allowed: "one row of labels per key",
          remedy: "Remove the repeated rows, or name more columns in labels.key.",
        },
      ],
    ],
    [
      "no row in common",
      "id,x\n1,a\n",
      "id,y\n2,no\n",
      [{ code: "labels-unmatched", where: { path: "labels.csv", key: "labels.key" } }],
    ],
    [
      "a key column that neither has",
      "ID,x\n1,a\n",
      "Id,y\n1,no\n",
      [
        { code: "labels-key-absent", where: { path: "data.csv", key: "labels.key" }, written: "id" },
        { code: "labels-key-absent", where: { path: "labels.csv", key: "labels.key" }, written: "id" },
      ],
    ],
    [
      "a column that both have",
      "id,x,y\n1,a,b\n",
      "id,y\n1,no\n",
      [{ code: "labels-column-repeated", where: { path: "labels.csv" }, written: "y" }],
    ],
    ["nothing but keys", "id,x\n1,a\n", "id\n1\n", [{ code: "labels-empty", where: { path: "labels.csv" } }]],
    [
      "two files that cannot be read",
      "id,x\n1\n",
      "",
      [
        { code: "ragged-rows", where: { path: "data.csv" } },
        { code: "empty-file", where: { path: "labels.csv" } },
      ],
    ],
  ])("are refused with %s", async (_, data, labels, expected) => {
    expect(cells(await readLabeled(data, labels))).toMatchObject(expected);
  });
});
