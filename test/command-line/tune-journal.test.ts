import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalEntry } from "../../pipeline/tune/journal.ts";
import { journalFile, journalName } from "../../src/command-line/tune-journal.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const entry = (trial: number): JournalEntry => ({
  trial,
  share: 1 / 3,
  model: { type: "decision-tree", max_depth: trial },
  score: trial === 1 ? null : 0.1 + 0.2,
  standardError: null,
  folds: [null, 0.5],
  reason: trial === 1 ? "größer" : null,
  seconds: 0.001,
});

/** Opens the journal, appends these entries and closes it; what it held before, or the code of its problem. */
function use(content: string | Buffer | null, appended: JournalEntry[], options = { resume: true, key: "k" }) {
  if (content !== null) writeFileSync(join(folder, journalName), content);
  const file = journalFile(folder, options.resume);
  const opened = file.open(options.key);
  if (opened.ok) for (const one of appended) opened.value.append(one);
  file.close();
  return opened.ok ? opened.value.entries : opened.problems.map(({ code, where }) => [code, where.line]);
}

describe("the journal of a search", () => {
  it("cut at any byte, holds every trial whose line is whole, and goes on from there", () => {
    use("", [entry(0), entry(1)]);
    const whole = readFileSync(join(folder, journalName));
    for (let length = 0; length <= whole.length; length++) {
      const lines = whole.subarray(0, length).toString().split("\n").length - 1;
      const kept = [0, 1].slice(0, Math.max(0, lines - 1)).map(entry);
      expect(use(whole.subarray(0, length), [entry(7)])).toEqual(kept);
      expect(use(null, [])).toEqual([...kept, entry(7)]);
    }
  });

  it.each([
    [
      "of another search",
      '{"format":"modelsync-tune-journal","version":1,"key":"other"}\n',
      [["journal-of-another-search", undefined]],
    ],
    ["that is none", '{"a":1}\n', [["journal-of-another-search", undefined]]],
    [
      "with a strange line",
      '{"format":"modelsync-tune-journal","version":1,"key":"k"}\n{"trial":-1}\n',
      [["journal-damaged", 2]],
    ],
    [
      "broken before its end",
      '{"format":"modelsync-tune-journal","version":1,"key":"k"}\nnot\n{}\n',
      [["journal-damaged", 2]],
    ],
  ])("is refused and left alone when it is one %s", (_, content, problems) => {
    expect(use(content, [])).toEqual(problems);
    expect(readFileSync(join(folder, journalName), "utf8")).toBe(content);
  });

  it("is not continued unless that is asked for", () => {
    expect(use("anything", [], { resume: false, key: "k" })).toEqual([["journal-exists", undefined]]);
    expect(readFileSync(join(folder, journalName), "utf8")).toBe("anything");
  });
});
