import { expect, it } from "vitest";
import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import { reviewedModels } from "../../src/facts/model-state.ts";
import { notesOf } from "../../src/report/model-view.ts";
import { holdsTheSame } from "../../src/report/same-content.ts";
import { aFacts, aModelReview, aSchemaDiff } from "../support/facts.ts";

const rows = { base: 10, head: 10, added: 0, removed: 0, common: 10 };
const format = [{ what: "line end", from: "CRLF", to: "LF" }];

it.each<[different: Partial<SchemaDiff>, same: boolean]>([
  [{}, true],
  [{ format, resorted: true }, true],
  [{ added: ["a"] }, false],
  [{ moved: [{ from: "a", to: "b", similarity: 1 }] }, false],
  [{ target: { added: [], removed: ["a"] } }, false],
  [{ cells: [{ column: "a", changed: 1 }] }, false],
  [{ rewritten: [{ column: "a" }] }, false],
  [{ rows: { ...rows, added: 1 } }, false],
])("%j holds the same: %s", (different, same) => {
  expect(holdsTheSame(aSchemaDiff({ rows, ...different }))).toBe(same);
});

it.each<[different: Partial<SchemaDiff>, experiment: boolean, told: string]>([
  [{ format }, false, "Changed: how its data is written, not what it holds."],
  [{ resorted: true }, true, "Changed: its experiment, and how its data is written, not what it holds."],
  [{}, false, "Changed: its data."],
  [{ format, added: ["a"] }, true, "Changed: its data and its experiment."],
])("%j is told as what it is", (different, experiment, told) => {
  const review = aModelReview({ changed: { data: true, experiment }, schema: aSchemaDiff({ rows, ...different }) });
  const [model] = reviewedModels(aFacts({ models: [review] }));
  expect(notesOf(model!, []).map((note) => note.replace(/ (No|Over).*/, ""))).toContain(told);
});
