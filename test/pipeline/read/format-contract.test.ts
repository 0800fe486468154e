import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Format } from "../../../pipeline/read/format.ts";
import { formatOf, formats, kindOf, listFormats, recognizeFormat } from "../../../pipeline/read/formats.ts";
import { cellsOf, defaultFormat, readText } from "./read-text.ts";

const root = join(import.meta.dirname, "../../..");

/** The same small table in every format: `sample.` and the format's name. */
const sample = (name: string) => readFileSync(join(root, "test/fixtures/data/formats", `sample.${name}`));
const cells = { id: [1, 2, 3], name: ["Zoë", 'a "b", c', null], size: [0.5, null, -2] };

it("every folder of pipeline/read is a format of the list", () => {
  const folders = readdirSync(join(root, "pipeline/read"), { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(formats.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
});

it("the formats are named as people know them", () => {
  expect(listFormats()).toBe("CSV, JSON Lines (one object per line) or Parquet");
});

describe.each(formats.map((format): [string, Format] => [format.title, format]))("%s", (_, format) => {
  it("is recognized, and found again by what a profile says", () => {
    expect(recognizeFormat(sample(format.name))).toBe(format);
    expect(formatOf(kindOf(format))).toBe(format);
  });

  it.each([
    ["", sample(format.name)],
    [" and compressed", gzipSync(sample(format.name))],
  ])("holds the same table as every other%s", async (_, content) => {
    const outcome = await readText(content);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const { table, profile } = outcome.value;
    expect({ cells: cellsOf(table), kind: profile.format.kind, notes: outcome.notes }).toEqual({
      cells,
      kind: kindOf(format).kind,
      notes: [],
    });
  });

  it("takes options that an experiment has, the decimal separator among them", () => {
    expect(Object.keys(defaultFormat)).toEqual(expect.arrayContaining([...format.options]));
    expect(format.options).toContain("decimal");
  });

  it("is read or refused with a reason, never thrown out, wherever it is cut off", async () => {
    const whole = sample(format.name);
    for (let length = 1; length < whole.length; length += Math.ceil(whole.length / 20)) {
      const outcome = await readText(whole.subarray(0, length));
      expect(outcome.ok || outcome.problems.length > 0).toBe(true);
    }
  });
});
