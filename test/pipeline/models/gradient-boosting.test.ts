import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, toScored } from "../../../pipeline/evaluate.ts";
import type { TrainingSet } from "../../../pipeline/models/estimator.ts";
import { gradientBoosting } from "../../../pipeline/models/gradient-boosting.ts";
import boosting from "../../fixtures/reference/boosting.json" with { type: "json" };
import {
  classificationSets,
  holdoutRows,
  regressionSets,
  trainingRows,
  trainingSet,
} from "../../support/model-sets.ts";
import { loadReferenceSet, referenceNames } from "../../support/reference-set.ts";

function boosted(set: TrainingSet, written: Record<string, unknown> = {}) {
  return gradientBoosting.fit(set, gradientBoosting.options.parse(written), { seed: 1 });
}

const small = { max_iterations: 20, min_samples_leaf: 10 };

describe("gradient boosting", () => {
  it.each(classificationSets)("gives scikit-learn's probabilities on $name", (source) => {
    const found = boosted(trainingRows(source), small).predictProbability(holdoutRows(source).features);
    // scikit-learn keeps gradients in single precision.
    for (const [i, expected] of source.boosting.flat().entries())
      expect(Math.abs(found[i]! - expected)).toBeLessThan(2e-5);
  });

  it.each(regressionSets)("gives scikit-learn's predictions on $name", (source) => {
    const found = boosted(trainingRows(source), small).predictProbability(holdoutRows(source).features);
    for (const [i, expected] of source.boosting.entries()) expect(Math.abs(found[i]! - expected)).toBeLessThan(1e-4);
  });

  const compared = referenceNames.filter((name) => name === "german_credit" || name === "adult");
  it.each(compared)("has scikit-learn's ROC AUC on the reference split of %s, at equal settings", (name) => {
    const { train, holdout, positive } = loadReferenceSet(name);
    const model = boosted(train);
    const { metrics } = evaluate(toScored(holdout, model.predictProbability(holdout.features), positive));
    const expected = boosting[name as keyof typeof boosting] as Record<string, number>;
    expect(metrics.roc_auc!.value).toBeCloseTo(expected.roc_auc!, 4);
    expect(metrics.log_loss!.value).toBeCloseTo(expected.log_loss!, 4);
  });

  it("lowers the training loss with every tree", () => {
    const losses = [1, 2, 5, 10, 40].map(
      (max_iterations) => boosted(trainingRows(classificationSets[1]!), { max_iterations }).fit.objective!,
    );
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses[4]).toBeLessThan(losses[0]! / 3);
  });

  it("obeys its limits on leaves, depth and rows per leaf", () => {
    const set = trainingRows(regressionSets[0]!);
    const leaves = (written: Record<string, unknown>) => {
      const { trees } = boosted(set, { max_iterations: 1, ...written }).toJSON() as unknown as {
        trees: { feature: number[] }[][];
      };
      return trees[0]![0]!.feature.filter((feature) => feature < 0).length;
    };
    expect(leaves({ max_leaf_nodes: 5 })).toBe(5);
    expect(leaves({ max_depth: 1 })).toBe(2);
    expect(leaves({ min_samples_leaf: 100 })).toBeLessThanOrEqual(2);
    expect(leaves({ min_samples_leaf: 200 })).toBe(1);
  });

  it("reports progress in a few steps up to the end", () => {
    const shares: number[] = [];
    gradientBoosting.fit(trainingRows(classificationSets[1]!), gradientBoosting.options.parse({}), {
      seed: 1,
      onProgress: (share) => shares.push(share),
    });
    expect(shares).toHaveLength(20);
    expect(shares.at(-1)).toBe(1);
  });

  it.each([
    [{ rows: 100_000, columns: 100, classes: 2 }, {}, null],
    [
      { rows: 1_000_000, columns: 400, classes: 2 },
      {},
      "Training would take 200,316,200,000 steps: 100 trees over 1,000,000 rows × 400 columns, with 102,000 bins in each of up to 31 leaves; the limit is 20,000,000,000.",
    ],
    [{ rows: 100_000, columns: 400, binaryColumns: 400, classes: 2 }, {}, null],
    [
      { rows: 1200, columns: 400, classes: 300 },
      {},
      "Training would take 166,860,000,000 steps: 30,000 trees over 1,200 rows × 400 columns, with 102,000 bins in each of up to 31 leaves; the limit is 20,000,000,000.",
    ],
    [{ rows: 1200, columns: 400, classes: 300 }, { max_bins: 16, max_iterations: 20 }, null],
    [{ rows: 1200, columns: 400, classes: 3 }, {}, null],
    [
      { rows: 1000, columns: 4, classes: 500 },
      {},
      "The model could have 1,550,000 leaves (50,000 trees × 31); the limit is 1,000,000.",
    ],
  ])("says when %o is too much", (size, written, expected) => {
    expect(gradientBoosting.refuse!(size, gradientBoosting.options.parse(written))).toBe(expected);
  });
});

describe("properties of gradient boosting", () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 3 }), fc.nat(2)), {
    minLength: 12,
    maxLength: 60,
  });
  const options = { max_iterations: 8, min_samples_leaf: 2 };
  const setOf = (drawn: [number, number, number][], copies: number, classes: number) =>
    trainingSet(
      drawn.map(([a, b]) => Array.from({ length: copies }, () => [a, b]).flat()),
      drawn.map(([, , label]) => (classes === 0 ? label * 1.7 : label % classes)),
      classes,
    );

  it.each([2, 3, 0])("the order of rows changes nothing at all (%i classes)", (classes) => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (drawn, keys) => {
        const order = drawn.map((row) => ({ row, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const shuffled = order.map(({ row }) => row);
        const set = setOf(drawn, 1, classes);
        const expected = boosted(set, options).predictProbability(set.features);
        const found = boosted(setOf(shuffled, 1, classes), options).predictProbability(set.features);
        expect(found).toEqual(expected);
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  it.each([2, 3, 0])("a duplicated column changes no prediction (%i classes)", (classes) => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const once = setOf(drawn, 1, classes);
        const twice = setOf(drawn, 2, classes);
        expect(boosted(twice, options).predictProbability(twice.features)).toEqual(
          boosted(once, options).predictProbability(once.features),
        );
      }),
      { seed: 12, numRuns: 25 },
    );
  });
});
