import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFactsFile } from "../../src/command-line/saved-facts.ts";
import { aComparison, aFacts, aMetric, aModelReview } from "../support/facts.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bin = { low: 0, high: 0.1, rows: 3, promised: 0.05, happened: null };
const metric = { metric: "roc_auc", title: "ROC AUC", direction: "higher" as const, reason: null };
const part = { difference: 0.1, interval: null };
const facts = aFacts({
  holdoutUses: { income: 2 },
  models: [
    aModelReview({
      comparison: aComparison({
        metrics: [aMetric({ seedNoise: 0.01 })],
        calibration: { base: [bin], head: [bin] },
        attribution: {
          rows: 9,
          reason: null,
          metrics: [{ ...metric, total: 0.2, data: part, experiment: part, interaction: 0 }],
        },
      }),
    }),
  ],
});

/** The facts with a text of their JSON replaced by another, read back from a file. */
function read(text = "", other = "") {
  const saved = JSON.stringify({ format: "modelsync-facts", version: 1, facts });
  expect(saved).toContain(text);
  const file = join(folder, "facts.json");
  writeFileSync(file, saved.replace(text, other));
  return readFactsFile(file);
}

it("saved facts come back whole", async () => {
  expect(await read()).toEqual({ ok: true, value: facts, notes: [] });
});

it("facts saved before something was looked at are read without it", async () => {
  const { holdoutUses: _, ...earlier } = facts;
  const { integrity: __, ...review } = facts.models[0]!;
  const { calibration: ___, attribution: ____, ...comparison } = review.comparison!;
  const older = { ...earlier, models: [{ ...review, comparison }] };
  const file = join(folder, "older.json");
  writeFileSync(file, JSON.stringify({ format: "modelsync-facts", version: 1, facts: older }));
  expect(await readFactsFile(file)).toEqual({ ok: true, value: older, notes: [] });
});

it("what a later version added is left out", async () => {
  expect(await read('"door"', '"later":true,"door"')).toEqual({ ok: true, value: facts, notes: [] });
});

describe("facts are refused", () => {
  const model = "facts.models.0.comparison";
  it.each([
    ["with seed noise that is no number", '"seedNoise":0.01', '"seedNoise":"0.01"', `${model}.metrics.0.seedNoise`],
    ["with a curve that has no rows", '"rows":3,', "", `${model}.calibration.base.0.rows`],
    [
      "with a part of a change in no direction",
      '"direction":"higher","reason":null,"total"',
      '"reason":null,"total"',
      `${model}.attribution.metrics.0.direction`,
    ],
  ])("%s", async (_, text, other, key) => {
    expect(await read(text, other)).toMatchObject({
      ok: false,
      problems: [{ code: "not-saved-facts", message: expect.stringContaining(`: ${key} is `) }],
    });
  });
});
