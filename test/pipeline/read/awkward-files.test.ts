import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../../../pipeline/read/read-table.ts";
import { referenceData } from "../../support/reference-data.ts";
import { expectedAnswers } from "./awkward-answers.ts";
import { defaultFormat, defaultMissing } from "./read-text.ts";

const root = referenceData("awkward");

/** `rows x columns [format] notes` or `problem codes`: what a person would be told, in short. */
async function answer(file: string, path: string): Promise<string> {
  const outcome = await readTable(file, path, defaultFormat, { missing: defaultMissing, columns: {} });
  if (!outcome.ok) return outcome.problems.map(({ code, where }) => `${code}@${where.line ?? ""}`).join(" ");
  const { table, profile } = outcome.value;
  const { delimiter, encoding, lineEnding, bom } = profile.format;
  const numeric = table.columns.filter(({ type }) => type === "numeric").length;
  const format = [JSON.stringify(delimiter), encoding, lineEnding, ...(bom ? ["bom"] : [])].join(" ");
  const notes = [...new Set(outcome.notes.map(({ code }) => code))].join(" ");
  return `${table.rowCount} x ${numeric}+${table.columns.length - numeric} ${format} ${notes}`.trim();
}

describe.runIf(root !== undefined)("awkward files of public repositories", () => {
  const files = Object.keys(expectedAnswers);

  it("are all listed with their answer", () => {
    const found = readdirSync(root!, { recursive: true, encoding: "utf8" }).filter((path) => /\.\w+$/.test(path));
    expect(found.filter((path) => !path.endsWith(".json")).sort()).toEqual(files.toSorted());
  });

  it("each end in the described answer", async () => {
    const answers: Record<string, string> = {};
    for (const path of files) answers[path] = await answer(join(root!, path), path);
    expect(answers).toEqual(expectedAnswers);
  });
});
