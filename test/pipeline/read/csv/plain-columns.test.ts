import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../pipeline/stats/random.ts";
import { cellsOf, defaultMissing, readText } from "../read-text.ts";

const random = createRandom("plain columns");

/** Cells about which two readers could differ. */
const cells = [
  ..."0|-0|00|007|-007|0.0|-0.00|1.|.5|-.5|+1|++1|--1|-|.|-.|1-|1.5|-1.50|1..5|1.2.3|1,5|1 5".split("|"),
  ..."1e5|1E5|1e+05|1e-05|-1.25e3|1e|1e+|e5|1e400|-1e400|1e308|1.7976931348623157e308|1e-310|5e-324|0e0|0.0e-9".split(
    "|",
  ),
  ..."9007199254740993|123456789012345|1234567890123456|0.1234567890123456789|0.30000000000000004|99999.99999999".split(
    "|",
  ),
  ..."1_000|0x10|1f|1d|1L|inf|-inf|Infinity|nan|NaN|NA|null|none|true|10%|$5|5€|½|٣|−1|1\u00a0|yes|10th".split("|"),
  "",
  " ",
  ..."Male|HS-grad|10th|>50K|<=50K|a,b|b a|infant|ananas|e|E9|x1|2024-01-05|12:30|1/2|1-2|5th-6th|Zoë|日本|null".split(
    "|",
  ),
  "123456789".repeat(5),
  `0.${"3".repeat(60)}`,
];

/** The same rows with and without a quoted cell, which decides which reader reads them. */
async function readTwice(columns: string[][], delimiter: string, options: object, format: object) {
  const rows = columns[0]!.map((_, row) => columns.map((column) => column[row]).join(delimiter));
  const header = [...columns.map((_, i) => `c${i}`), "last"].join(delimiter);
  const text = (last: string) => `${[header, ...rows.map((row) => `${row}${delimiter}${last}`)].join("\n")}\n`;
  const read = async (last: string) => {
    const outcome = await readText(
      text(last),
      { delimiter: (delimiter.trim() || delimiter) as "," | ";" | "\t", ...format },
      options,
    );
    if (!outcome.ok) return outcome.problems;
    const exact = outcome.value.table.columns.map((column) =>
      column.type === "numeric" ? Array.from(column.values, (value) => (Object.is(value, -0) ? "-0" : value)) : [],
    );
    const { profile } = outcome.value;
    return { cells: cellsOf(outcome.value.table), exact, columns: profile.columns, notes: outcome.notes };
  };
  return { plain: await read("z"), quoted: await read('"z"') };
}

describe("plain columns", () => {
  it.each(cells)("reads %j as the general reader does", async (cell) => {
    const columns = [
      [cell, cell, cell],
      ["1", cell, "2.5"],
      ["", "3", cell],
    ];
    const { plain, quoted } = await readTwice(columns, ";", { missing: defaultMissing }, {});
    expect(plain).toEqual(quoted);
  });

  it.each([
    ["spaces around cells", ", ", {}, {}],
    ["a decimal comma", ";", {}, { decimal: "," }],
    ["tabs", "\t", {}, {}],
    ["numbers that mean missing", ",", { missing: ["-1", "0", "7.5", "NA"] }, {}],
    ["columns declared numeric", ",", { columns: { c0: "numeric", c3: "numeric" } }, {}],
    ["columns declared categorical", ",", { columns: { c0: "categorical", c1: "categorical" } }, {}],
    ["words", ",", {}, {}, ["Male", "Female", "10th", "Zoë", "Zoe", "", "NA"]],
    ["words and numbers", ",", {}, {}, ["Male", "10", "11th", "1e5", ""]],
    ["dates", ",", {}, {}, ["2024-01-05", "2023-12-31", ""]],
    ["codes declared categorical", ",", { columns: { c1: "categorical" } }, {}, ["01", "1", "1.0", "x", ""]],
  ])(
    "reads random columns with %s as the general reader does",
    async (_, delimiter, options, format, words: string[] = []) => {
      const point = "decimal" in format ? "," : ".";
      const number = () =>
        [
          () => String(random.below(10) - 1),
          () => `${random.below(9)}${point}5`,
          () => (random.normal() * 10 ** (random.below(12) - 6)).toFixed(random.below(9)).replace(".", point),
          () => String(random.normal() * 10 ** (random.below(40) - 20)).replace(".", point),
          () => "",
        ][random.below(5)]!();
      const columns = Array.from({ length: 5 }, (_c, i) =>
        Array.from({ length: 400 }, (_r, row) => {
          if (words.length > 0 && i > 0) return words[random.below(words.length)]!;
          return i === 3 && row === 399 ? "x" : number();
        }),
      );
      const { plain, quoted } = await readTwice(columns, delimiter, options, format);
      expect(plain).toEqual(quoted);
    },
  );
});
