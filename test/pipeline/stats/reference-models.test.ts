import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../../pipeline/stats/average-precision.ts";
import { deLong } from "../../../pipeline/stats/delong.ts";
import { mcNemar } from "../../../pipeline/stats/mcnemar.ts";
import { pairedBootstrap } from "../../../pipeline/stats/paired-bootstrap.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { rocAuc } from "../../../pipeline/stats/roc-auc.ts";
import { referenceData } from "../../support/reference-data.ts";
import { expectClose } from "./close-to.ts";
import { ofRanked } from "./ranked.ts";

/** Predictions of three scikit-learn models on public tables with the paired tests of each pair (statsmodels, numpy). */
const present = (set: string) => referenceData(`reference/${set}.predictions.csv`) !== undefined;
const BINARY = ["german_credit", "adult", "pima_diabetes", "titanic"].filter(present);
const MULTICLASS = ["iris", "penguins"].filter(present);
const MODELS = ["A_logreg_C1", "B_forest", "A2_logreg_C0.01"] as const;

interface Answers {
  positive: string;
  metrics: Record<string, { roc_auc: number; average_precision: number; delong: { variance: number } }>;
  comparisons: Record<string, PairedAnswers>;
}

interface PairedAnswers {
  diff: number;
  only_other_right_n01: number;
  only_A_right_n10: number;
  paired_bootstrap: { ci95_percentile: [number, number]; se: number };
  mcnemar_exact_p: number;
  delong_test?: { cov: number; z: number; p_two_sided: number };
}

function readAnswers(set: string): Answers {
  return JSON.parse(readFileSync(referenceData(`reference/${set}.json`)!, "utf8")) as Answers;
}

function readPredictions(set: string): (column: string) => string[] {
  const text = readFileSync(referenceData(`reference/${set}.predictions.csv`)!, "utf8");
  const [header, ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(","));
  return (column) => rows.map((row) => row[header!.indexOf(column)]!);
}

describe("models of the reference tables", () => {
  it.each(BINARY)("areas and DeLong's test on %s", (set) => {
    const answers = readAnswers(set);
    const column = readPredictions(set);
    const positives = column("y_true").map((label) => (label === answers.positive ? 1 : 0));
    const scores = (model: string) => column(`p_${model}_${answers.positive}`).map(Number);
    for (const model of MODELS) {
      const expected = answers.metrics[model]!;
      expectClose(rocAuc(scores(model), positives).value, expected.roc_auc, 1e-10);
      expectClose(ofRanked(averagePrecision)(scores(model), positives).value, expected.average_precision, 1e-10);
    }
    for (const other of MODELS.slice(1)) {
      const expected = answers.comparisons[`A_logreg_C1 vs ${other}`]!.delong_test!;
      const answer = deLong(positives, scores("A_logreg_C1"), scores(other)).value!;
      expectClose(answer.baseVariance, answers.metrics.A_logreg_C1!.delong.variance, 1e-8);
      expectClose(answer.headVariance, answers.metrics[other]!.delong.variance, 1e-8);
      expectClose(answer.covariance, expected.cov, 1e-8);
      expectClose(answer.z, expected.z, 1e-6);
      expectClose(answer.pValue, expected.p_two_sided, 1e-6);
    }
  });

  it.each([...BINARY, ...MULTICLASS])("McNemar's test and the bootstrap of accuracy on %s", (set) => {
    const answers = readAnswers(set);
    const column = readPredictions(set);
    const actual = column("y_true");
    const right = (model: string) => column(`pred_${model}`).map((label, i) => (label === actual[i] ? 1 : 0));
    const base = right("A_logreg_C1");
    for (const other of MODELS.slice(1)) {
      const expected = answers.comparisons[`A_logreg_C1 vs ${other}`]!;
      const head = right(other);
      const gains = Float64Array.from(head, (value, i) => value - base[i]!);
      const onlyBase = gains.filter((gain) => gain < 0).length;
      const onlyHead = gains.filter((gain) => gain > 0).length;
      expect([onlyBase, onlyHead]).toEqual([expected.only_A_right_n10, expected.only_other_right_n01]);
      expectClose(mcNemar(onlyBase, onlyHead).value!.pValue, expected.mcnemar_exact_p, 1e-8);
      const answer = pairedBootstrap({
        n: gains.length,
        rng: createRandom(1),
        statistic: (weights) => gains.reduce((sum, gain, i) => sum + gain * weights[i]!, 0) / gains.length,
        method: "percentile",
      }).value!;
      const { ci95_percentile: interval, se } = expected.paired_bootstrap;
      expectClose(answer.estimate, expected.diff, 1e-9);
      // 2,000 resamples against 10,000: quantiles agree to a fifth of the standard error plus one row
      const slack = se / 5 + 1 / gains.length;
      expect(Math.abs(answer.low - interval[0])).toBeLessThan(slack);
      expect(Math.abs(answer.high - interval[1])).toBeLessThan(slack);
      expect(Math.abs(answer.standardError - se)).toBeLessThan(se / 10 + 1e-12);
    }
  });
});
