import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultReadLimits } from "../../../pipeline/read/read-limits.ts";
import { readTable } from "../../../pipeline/read/read-table.ts";
import { cellsOf, defaultFormat, readText } from "./read-text.ts";

const plain = { a: [1, 2], b: ["x", "y"] };

describe("readTable reads", () => {
  it.each([
    ["commas", "a,b\n1,x\n2,y\n", plain, { delimiter: ",", lineEnding: "lf" }],
    ["no final line end", "a,b\n1,x\n2,y", plain, { delimiter: ",", lineEnding: "lf" }],
    ["semicolons", "a;b\n1;x\n2;y\n", plain, { delimiter: ";" }],
    ["tabs", "a\tb\n1\tx\n2\ty\n", plain, { delimiter: "\t" }],
    ["pipes", "a|b\n1|x\n2|y\n", plain, { delimiter: "|" }],
    [
      "semicolons in a header of one semicolon, commas in the data",
      "a;b\n1;x,x\n2;y\n",
      { a: [1, 2], b: ["x,x", "y"] },
      {},
    ],
    ["CRLF", "a,b\r\n1,x\r\n2,y\r\n", plain, { lineEnding: "crlf" }],
    ["CR", "a,b\r1,x\r2,y\r", plain, { lineEnding: "cr" }],
    ["mixed line ends", "a,b\r\n1,x\n2,y\r", plain, { lineEnding: "mixed" }],
    ["a byte order mark", "\uFEFFa,b\n1,x\n2,y\n", plain, { bom: true }],
    ["blank lines at the end", "a,b\n1,x\n2,y\n\n \n\t\n\n", plain, {}],
    ["padded cells", " a , b\n 1,\u00a0x \n2 ,\ty\n", plain, {}],
    ["quoted cells", '"a","b"\n"1","x"\n"2","y"\n', plain, {}],
    ["padded quotes", '"a", "b"\n1, "x, y" \n2,"y"\n', { a: [1, 2], b: ["x, y", "y"] }, {}],
    ["quotes and line ends in cells", 'a,b\n1,"x\r\n""x"""\n2,y\n', { a: [1, 2], b: ['x\n"x"', "y"] }, {}],
    ["a quote inside a cell", 'a,b\n1,5" pipe\n2,y\n', { a: [1, 2], b: ['5" pipe', "y"] }, {}],
    ["missing cells", "a,b\n,x\nNA,null\n3, N/A \n", { a: [null, null, 3], b: ["x", null, null] }, {}],
    ["quoted missing markers", 'a,b\n"",x\n"NA","N/A"\n', { a: [null, null], b: ["x", null] }, {}],
    ["numbers", "a,b\n1e3,x\n-.5,x\n+2.,x\n007,x\n", { a: [1000, -0.5, 2, 7], b: ["x", "x", "x", "x"] }, {}],
    ["what only looks like numbers", "a,b\n1_000,0x1F\n1 000,1e\n", { a: ["1_000", "1 000"], b: ["0x1F", "1e"] }, {}],
    ["an all-missing column", "a,b\n,x\n,y\n", { a: [null, null], b: ["x", "y"] }, {}],
    ["text in any script", "a,b\n1,国\n2,😀\n", { a: [1, 2], b: ["国", "😀"] }, {}],
    [
      "quotes and backslashes in SQL",
      'a\',"b"""\n1,\';drop table cells--\n2,\\\n',
      { "a'": [1, 2], 'b"': ["';drop table cells--", "\\"] },
      {},
    ],
  ])("%s", async (_, text, cells, format) => {
    const outcome = await readText(text);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(cellsOf(outcome.value.table)).toEqual(cells);
    expect(outcome.value.profile.format).toMatchObject(format);
    expect(outcome.notes).toEqual([]);
  });

  it.each([
    ["decimal commas", "a;b\n1,5;x\n-2,25;y\n", { decimal: "," }, { a: [1.5, -2.25], b: ["x", "y"] }],
    [
      "points beside decimal commas as text",
      "a;b\n1.234,5;1\n2,5;2\n",
      { decimal: "," },
      { a: ["1.234,5", "2,5"], b: [1, 2] },
    ],
    ["a declared delimiter", "a,b;c\n1,x;y\n", { delimiter: ";" }, { "a,b": ["1,x"], c: ["y"] }],
    ["no header", "\uFEFF1,x\n2,y\n", { header: false, names: ["a", "b"] }, plain],
    [
      "windows-1252",
      Buffer.from("a,b\n1,caf\xe9 \x80\n2,y\n", "latin1"),
      { encoding: "windows-1252" },
      { a: [1, 2], b: ["café €", "y"] },
    ],
  ] as const)("%s, when declared", async (_, text, format, cells) => {
    const outcome = await readText(text, format as never);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(cellsOf(outcome.value.table)).toEqual(cells);
  });

  it("sorts categories by UTF-16 code unit", async () => {
    const outcome = await readText("a,b\n\uFF5E,1\n😀,1\nb,1\nB,1\n");
    expect(outcome.ok && outcome.value.table.columns[0]).toMatchObject({ categories: ["B", "b", "😀", "\uFF5E"] });
  });

  it("obeys declared types", async () => {
    const outcome = await readText(
      "a,b\n1,\n02,\n",
      {},
      { columns: { a: "categorical", b: "categorical", gone: "numeric" } },
    );
    expect(outcome.ok && cellsOf(outcome.value.table)).toEqual({ a: ["1", "02"], b: [null, null] });
  });

  it("keeps the order of 30,000 rows over several threads and chunks", async () => {
    const numbers = Array.from({ length: 30_000 }, (_, i) => i);
    const outcome = await readText(`a,b\n${numbers.map((i) => `${i},v${i % 7}${"x".repeat(400)}`).join("\n")}\n`);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const values = cellsOf(outcome.value.table).a!;
    expect(values).toHaveLength(numbers.length);
    expect(values.findIndex((value, row) => value !== row)).toBe(-1);
  });

  it("reads a table of 2,000 columns", async () => {
    const row = (cell: (i: number) => string) => Array.from({ length: 2_000 }, (_, i) => cell(i)).join(",");
    const outcome = await readText(`${row((i) => `c${i}`)}\n${row(String)}\n${row((i) => (i % 2 ? "x" : "1"))}\n`);
    expect(outcome.ok && outcome.value.table.columns.map(({ type }) => type)).toEqual(
      Array.from({ length: 2_000 }, (_, i) => (i % 2 ? "categorical" : "numeric")),
    );
  });

  it("profiles what it read", async () => {
    const outcome = await readText("a,b\n1,x\n2,x\n4,y\n,\n");
    expect(outcome.ok && outcome.value.profile).toEqual({
      rows: 4,
      format: { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false },
      columns: [
        {
          name: "a",
          type: "numeric",
          missing: 1,
          distinct: 3,
          summary: {
            min: 1,
            q25: 1.5,
            median: 2,
            q75: 3,
            max: 4,
            mean: 7 / 3,
            sd: expect.closeTo(1.527525231651947, 12),
          },
        },
        {
          name: "b",
          type: "categorical",
          missing: 1,
          distinct: 2,
          top: [
            { value: "x", count: 2 },
            { value: "y", count: 1 },
          ],
        },
      ],
    });
  });

  it("leaves no temporary file behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
    try {
      await readText("a,b\n1,x\n", {}, { temporaryFolder: folder });
      await readText('a,b\n1,"x\n', {}, { temporaryFolder: folder });
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("readTable notes", () => {
  it.each([
    ["a nameless column", ",b\n1,x\n2,y\n", "unnamed-column", "A column has no name in the header.", "column_1", 1],
    [
      "a header of numbers",
      "1,b\n1,x\n2,y\n",
      "header-looks-like-data",
      "Column names are numbers, as if the header line were missing.",
      "1, b",
      1,
    ],
    ["a single column", "b\nx\ny\n", "one-column", "The file has a single column.", "b", 1],
    [
      "blank lines between rows",
      "a,b\n\n1,x\n\n2,y\n",
      "blank-lines",
      "2 blank lines were skipped.",
      undefined,
      undefined,
    ],
    [
      "infinite numbers",
      "a,b\n1,x\ninf,y\n-Infinity,y\n",
      "infinite-values",
      "2 infinite or NaN cells of column a were read as missing.",
      "a",
      undefined,
    ],
    [
      "an undeclared missing marker",
      "a,b\n1,x\n\n2,y\n?,y\n4,y\n",
      "almost-numeric",
      "Column a was read as categorical because 1 of 4 cells are not numbers.",
      "line 5: ?",
      5,
    ],
    [
      "two possible delimiters",
      "a;b,c\n1;2,3\n",
      "delimiter-ambiguous",
      'The first lines could be separated by "," and ";"; "," was taken.',
      undefined,
      1,
    ],
  ])("%s", async (_, text, code, message, written, line) => {
    const outcome = await readText(text);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const note = outcome.notes.find((candidate) => candidate.code === code);
    expect(note).toEqual({
      code,
      message,
      where: { path: "data.csv", ...(line === undefined ? {} : { line }) },
      ...(written === undefined ? {} : { written }),
      ...(note?.allowed === undefined ? {} : { allowed: note.allowed }),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it("bytes that are not UTF-8", async () => {
    const outcome = await readText(Buffer.from("a,b\n1,caf\xe9\n", "latin1"));
    expect(outcome.ok && [cellsOf(outcome.value.table), outcome.value.profile.format.encoding, outcome.notes]).toEqual([
      { a: [1], b: ["café"] },
      "windows-1252",
      [
        {
          code: "encoding-assumed",
          where: { path: "data.csv" },
          message: "The file is not valid UTF-8 and was read as windows-1252.",
          remedy: "Save the file as UTF-8, or declare format.encoding: windows-1252.",
        },
      ],
    ]);
  });
});

/** The first problem in short: code, line, what was written. */
async function problems(content: string | Buffer, format = {}, options = {}) {
  const outcome = await readText(content, format, options);
  return outcome.ok ? [] : outcome.problems.map(({ code, where, written }) => [code, where.line, written]);
}

describe("readTable refuses", () => {
  const small = { ...defaultReadLimits, bytes: 100, rows: 3, columns: 3, cells: 5, cellBytes: 10 };

  it.each([
    ["an empty file", "", {}, [["empty-file", undefined, undefined]]],
    ["blank lines only", "\uFEFF\r\n \n\n", {}, [["empty-file", undefined, undefined]]],
    ["a header only", "a,b\n", {}, [["no-rows", undefined, undefined]]],
    ["duplicate names", "a, b,a ,b\n1,2,3,4\n", {}, [["duplicate-column", 1, "a, b"]]],
    [
      "ragged rows",
      "a,b\n1\n2,x\n3,y,z\n\n4\n",
      {},
      [["ragged-rows", 2, "line 2: 1 cell; line 4: 3 cells; line 6: 1 cell"]],
    ],
    ["ragged rows after a quoted line end", 'a,b\n1,"x\ny"\n2\n', {}, [["ragged-rows", 4, "line 4: 1 cell"]]],
    ["row names without a name", "a,b\nr1,1,2\nr2,3,4\n", {}, [["ragged-rows", 2, "line 2: 3 cells; line 3: 3 cells"]]],
    ["an open quote", 'a,b\n1,x\n2,"y\n3,z\n', {}, [["unclosed-quote", 3, undefined]]],
    ["text after a quote", 'a,b\n1,"x"y\n2,z\n', {}, [["stray-quote", 2, "line 2, cell 2"]]],
    ["names that do not fit", "1,x\n", { header: false, names: ["a"] }, [["names-count", 1, "1 name, 2 cells"]]],
    ["a long name", `${"n".repeat(501)},b\n1,2\n`, {}, [["long-column-name", 1, `${"n".repeat(59)}…`]]],
    ["a NUL byte", "a,b\n1,\0\n", {}, [["wrong-format", undefined, "binary data (a NUL byte at offset 6)"]]],
    ["UTF-16", Buffer.from("\uFEFFa,b\n1,2\n", "utf16le"), {}, [["wrong-format", undefined, "UTF-16 text"]]],
    [
      "bytes that are not the declared utf-8",
      Buffer.from("a,b\n1,x\n2,\xe9\n", "latin1"),
      { encoding: "utf-8" },
      [["invalid-utf-8", 3, "utf-8"]],
    ],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
      {},
      [["git-lfs-pointer", 1, "version https://git-lfs.github.com/spec/…"]],
    ],
    [
      "a DVC pointer",
      "outs:\n- md5: 22a1a2931c8370d3aeedd7183606fd7f\n  path: a.csv\n",
      {},
      [["dvc-pointer", 1, "outs:"]],
    ],
  ])("%s", async (_, content, format, expected) => {
    expect(await problems(content, format)).toEqual(expected);
  });

  it.each([
    ["bytes", `a,b\n${"1,2\n".repeat(30)}`, [["file-too-large", undefined, "124 bytes"]]],
    ["rows", "a,b\n1,2\n1,2\n1,2\n1,2\n1,2\n", [["too-many-rows", undefined, undefined]]],
    ["columns", "a,b,c,d\n1,2,3,4\n", [["too-many-columns", 1, "4 columns"]]],
    ["columns, which are not named", ",,,\n1,2,3,4\n", [["too-many-columns", 1, "4 columns"]]],
    ["cells", "a,b,c\n1,2,3\n1,2,3\n", [["too-many-cells", undefined, "2 rows of 3 columns"]]],
    ["bytes in a cell", "a,b\n1,ééééééé\n", [["cell-too-large", 2, "line 2: 14 bytes"]]],
    ["bytes in a name", "a,a,ééééééé\n1,2,3\n", [["cell-too-large", 1, "line 1: 14 bytes"]]],
  ])("too many %s", async (_, content, expected) => {
    expect(await problems(content, {}, { limits: small })).toEqual(expected);
  });

  it("9,000 columns, naming the limit", async () => {
    const names = Array.from({ length: 9_000 }, (_, i) => `c${i % 5}`).join(",");
    expect(await readText(`${names}\n${names}\n`)).toEqual({
      ok: false,
      problems: [
        {
          code: "too-many-columns",
          where: { path: "data.csv", line: 1 },
          message: "The file has too many columns.",
          written: "9,000 columns",
          allowed: "at most 2,000 columns",
          remedy: "Leave out columns that are not needed, or store the table with one row per measurement.",
        },
      ],
    });
  });

  it("a declared number that is none, listing the first lines", async () => {
    expect(await readText("a,b\n1,x\n?,x\n\n?,y\nfour,y\n", {}, { columns: { a: "numeric" } })).toEqual({
      ok: false,
      problems: [
        {
          code: "not-a-number",
          where: { path: "data.csv", line: 3 },
          message: "Column a is declared numeric, but 3 cells are not numbers.",
          written: "line 3: ?; line 6: four",
          allowed: "numbers such as 12, -0.5 or 1e6, and missing cells",
          remedy: "Correct the cells, list the marker in `missing`, or declare the column categorical.",
        },
      ],
    });
  });

  it("the whole of a ragged file in words", async () => {
    const outcome = await readText(`a,b\n${"1,2,3\n1,2\n".repeat(11)}`);
    expect(outcome).toEqual({
      ok: false,
      problems: [
        {
          code: "ragged-rows",
          where: { path: "data.csv", line: 2 },
          message: "Rows that do not have 2 cells: 11 of 22.",
          written: `${[2, 4, 6, 8, 10, 12, 14, 16, 18, 20].map((line) => `line ${line}: 3 cells`).join("; ")}; …`,
          allowed: "2 cells in every row, as in the first line",
          remedy: "Correct these rows; quote cells that contain the delimiter, or declare format.delimiter.",
        },
      ],
    });
  });

  it("paths that are no regular file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
    try {
      await mkdir(join(folder, "folder"));
      await writeFile(join(folder, "secret"), "a,b\n1,2\n");
      await symlink("secret", join(folder, "link"));
      const codes = await Promise.all(
        ["absent", "folder", "link"].map(async (name) => {
          const outcome = await readTable(join(folder, name), name, defaultFormat, { missing: [], columns: {} });
          return outcome.ok ? "read" : outcome.problems.map(({ code }) => code).join();
        }),
      );
      expect(codes).toEqual(["file-missing", "not-a-file", "not-a-file"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
