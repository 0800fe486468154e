import { expect, it } from "vitest";
import type { MetricComparison } from "../../pipeline/compare/comparison.ts";
import { sliceVerdictWords } from "../../src/report/verdict-words.ts";
import { aMetric, aRegression } from "../support/facts.ts";

const worse = { difference: -0.12, interval: { low: -0.24, high: -0.01, level: 0.95 }, p: 0.03, adjustedP: 0.4 };
const better = { difference: 0.12, interval: { low: 0.01, high: 0.24, level: 0.95 }, p: 0.03, adjustedP: 0.4 };
const underpowered = { verdict: "underpowered" } as const;
const notGated = { gated: false, adjustedP: null };

it.each<[words: string, compared: MetricComparison]>([
  ["worse", aRegression()],
  ["improved", aMetric({ ...better, adjustedP: 0.001, verdict: "improved" })],
  ["not comparable", aMetric({ verdict: "incomparable", interval: null, p: null })],
  ["no detectable change", aMetric()],
  ["too few rows to tell", aMetric(underpowered)],
  ["worse, but not beyond doubt among all slices", aMetric({ ...worse, ...underpowered })],
  ["better, but not beyond doubt among all slices", aMetric(better)],
  ["worse, but not told from chance", aMetric({ ...worse, ...underpowered, p: 0.2 })],
  ["worse, but not told from chance", aMetric({ ...worse, p: null, adjustedP: null })],
  ["worse, but not beyond doubt among all slices", aMetric({ ...worse, ...notGated, q: 0.3 })],
  ["worse, but by too little to matter", aMetric({ ...worse, ...notGated, q: 0.01 })],
  ["worse, within the tolerance", aMetric({ ...worse, adjustedP: 0.001, tolerance: 0.2 })],
  ["worse, perhaps beyond the tolerance", aMetric({ ...worse, ...underpowered, adjustedP: 0.001, tolerance: 0.2 })],
  ["no detectable change", aMetric({ ...worse, adjustedP: 0.001, seedNoise: 0.2 })],
])("a slice is told as %s", (words, compared) => {
  expect(sliceVerdictWords(compared)).toBe(words);
});
