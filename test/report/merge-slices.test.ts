import { expect, it } from "vitest";
import { mergeSlices } from "../../src/report/merge-slices.ts";
import type { Finding } from "../../src/verdict/check.ts";

const remedy = "Repair it.";
const aFinding = (slice: string, metric: string, low: number, high: number, discovered = false): Finding => ({
  check: "slice-regression",
  fingerprint: `${slice} ${metric}`,
  title: `${metric} of income got worse where ${slice}`,
  evidence: { verdict: "regressed", discovered, base: 1000, difference: (low + high) / 2, low, high },
  remedy: discovered ? "Look at it." : remedy,
  model: "income",
  metric,
  slice,
});
const { slice: _, metric: __, ...aside } = aFinding("x", "y", 0, 0);
const other = (title: string): Finding => ({ ...aside, title });

it("one per slice, the three worst, found ones last, each remedy once", () => {
  const { shown, more } = mergeSlices([
    aFinding("a", "root_mean_squared_error", -300, -100),
    aFinding("b", "roc_auc", -0.03, -0.02),
    aFinding("c", "roc_auc", -0.9, -0.1),
    aFinding("b", "recall", -0.05, -0.04),
    aFinding("d", "roc_auc", -0.03, -0.005),
    aFinding("e", "brier_score", 0.039, 0.04, true),
  ]);
  expect(shown.map(({ title, remedy, metrics }) => [title, remedy, metrics.map((one) => one.title)])).toEqual([
    ["roc_auc of income got worse where c", "", ["ROC AUC"]],
    ["root_mean_squared_error of income got worse where a", "", ["Root mean squared error"]],
    ["Recall and ROC AUC of income got worse where b", remedy, ["Recall", "ROC AUC"]],
  ]);
  expect(more).toBe("and 2 more slices");
});

it("leaves other findings as they are, at most ten", () => {
  const findings = Array.from({ length: 12 }, (_, index) => other(`${index}`));
  const { shown, more } = mergeSlices(findings);
  expect([shown.map(({ title }) => title), more]).toEqual([
    findings.slice(0, 10).map(({ title }) => title),
    "and 2 more",
  ]);
  expect(mergeSlices([other("1"), other("2")])).toEqual({
    shown: [other("1"), other("2")].map((finding) => ({
      ...finding,
      fingerprints: [finding.fingerprint],
      metrics: [],
    })),
    more: null,
  });
});

it("a single slice is shown with its remedy", () => {
  const { shown, more } = mergeSlices([aFinding("a", "roc_auc", -0.03, -0.02)]);
  expect([shown.map(({ title, remedy }) => [title, remedy]), more]).toEqual([
    [["roc_auc of income got worse where a", remedy]],
    null,
  ]);
});
