import type { Matrix } from "../models/estimator.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Column, Table } from "../table/table.ts";
import { formatCount, shortenText } from "../words.ts";
import { encodedWidth } from "./encoded-width.ts";
import { missingCategory } from "./fit-preprocessor.ts";
import type { SerializedFeature, SerializedPreprocessor } from "./preprocessor.ts";

/**
 * Standardized values are cut here. Training values cannot come near (at most the root of the number of rows); cells
 * of another table could, and would overflow.
 */
export const maxStandardized = 1e9;

/**
 * Turns rows of a table into the numbers a model was trained on. Missing numbers become the training median, missing
 * and unknown categories as in training. The table may come from another file: a column that is absent is a problem; a
 * column of the other type is read as far as possible, with a note on cells that could not be.
 *
 * @param rows zero-based rows of the table, in the order wanted
 * @param path repository path of the data file, for problems
 */
export function applyPreprocessor(
  table: Pick<Table, "columns">,
  rows: Int32Array,
  preprocessor: SerializedPreprocessor,
  path: string,
): Outcome<Matrix> {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const absent = preprocessor.features.filter(({ name }) => !byName.has(name));
  if (absent.length > 0) return { ok: false, problems: absent.map(({ name }) => absentColumn(name, path)) };

  const notes: Problem[] = [];
  const width = encodedWidth(preprocessor);
  const values = new Float64Array(rows.length * width);
  let offset = 0;
  for (const feature of preprocessor.features) {
    const column = byName.get(feature.name)!;
    if (feature.type === "numeric") {
      const { numbers, lost } = asNumbers(column, rows);
      if (lost > 0) notes.push(lostCells(feature.name, lost, path));
      writeStandardized(values, numbers, feature, offset, width);
      offset++;
    } else {
      writeOneHot(values, asCodes(column, rows, feature.categories), offset, width);
      offset += feature.categories.length;
    }
  }
  return { ok: true, value: { rows: rows.length, columns: width, values }, notes };
}

/** The types to declare when reading a file for these features, so that a column is read as it was in training. */
export function featureTypes({ features }: SerializedPreprocessor): Record<string, "numeric" | "categorical"> {
  return Object.fromEntries(features.map(({ name, type }) => [name, type]));
}

function writeStandardized(
  values: Float64Array,
  numbers: Float64Array,
  feature: Extract<SerializedFeature, { type: "numeric" }>,
  offset: number,
  width: number,
): void {
  const { median, mean, scale } = feature;
  for (let i = 0; i < numbers.length; i++) {
    const number = Number.isNaN(numbers[i]!) ? median : numbers[i]!;
    const difference = number - mean;
    // Only two huge numbers of opposite sign overflow, and for those dividing first is safe.
    const standardized = Number.isFinite(difference) ? difference / scale : number / scale - mean / scale;
    values[i * width + offset] = Math.min(maxStandardized, Math.max(-maxStandardized, standardized));
  }
}

function writeOneHot(values: Float64Array, codes: Int32Array, offset: number, width: number): void {
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! >= 0) values[i * width + offset + codes[i]!] = 1;
  }
}

function asNumbers(column: Column, rows: Int32Array): { numbers: Float64Array; lost: number } {
  const numbers = new Float64Array(rows.length);
  if (column.type === "numeric") {
    for (let i = 0; i < rows.length; i++) numbers[i] = column.values[rows[i]!]!;
    return { numbers, lost: 0 };
  }
  const parsed = Float64Array.from(column.categories, (text) => {
    const number = Number(text);
    return text.trim() !== "" && Number.isFinite(number) ? number : Number.NaN;
  });
  let lost = 0;
  for (let i = 0; i < rows.length; i++) {
    const code = column.codes[rows[i]!]!;
    numbers[i] = code < 0 ? Number.NaN : parsed[code]!;
    if (code >= 0 && Number.isNaN(numbers[i]!)) lost++;
  }
  return { numbers, lost };
}

/** Positions in `categories`; −1 for values that training did not see. */
function asCodes(column: Column, rows: Int32Array, categories: readonly string[]): Int32Array {
  const position = new Map(categories.map((text, index) => [text, index]));
  const missing = position.get(missingCategory) ?? -1;
  const codes = new Int32Array(rows.length);
  if (column.type === "categorical") {
    const positions = column.categories.map((text) => position.get(text) ?? -1);
    for (let i = 0; i < rows.length; i++) {
      const code = column.codes[rows[i]!]!;
      codes[i] = code < 0 ? missing : positions[code]!;
    }
    return codes;
  }
  for (let i = 0; i < rows.length; i++) {
    const value = column.values[rows[i]!]!;
    codes[i] = Number.isNaN(value) ? missing : (position.get(String(value)) ?? -1);
  }
  return codes;
}

function absentColumn(name: string, path: string): Problem {
  const written = shortenText(name);
  return {
    code: "feature-absent",
    where: { path },
    message: `The data has no column ${written}, on which the model was trained.`,
    written,
    remedy: "Add the column, or train a model without it.",
  };
}

function lostCells(name: string, lost: number, path: string): Problem {
  return {
    code: "cells-not-numbers",
    where: { path },
    message: `${formatCount(lost)} cells are not numbers, as they were in training, and count as missing.`,
    written: shortenText(name),
    remedy: "Correct the cells.",
  };
}
