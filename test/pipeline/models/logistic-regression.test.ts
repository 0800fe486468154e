import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { evaluate, toScored } from "../../../pipeline/evaluate.ts";
import type { TrainingSet } from "../../../pipeline/models/estimator.ts";
import { packageFeatures } from "../../../pipeline/models/logistic-regression/package-features.ts";
import { penalizedProblem } from "../../../pipeline/models/logistic-regression/penalized-problem.ts";
import { whiten } from "../../../pipeline/models/logistic-regression/whitening.ts";
import { logisticRegression } from "../../../pipeline/models/logistic-regression.ts";
import { classificationSets, holdoutRows, trainingRows, trainingSet } from "../../support/model-sets.ts";
import { loadReferenceSet, referenceNames } from "../../support/reference-set.ts";

/** `closeTo` allows half of 10⁻ᵈⁱᵍⁱᵗˢ: 0.001, half of what is promised. */
const DIGITS = 2.7;

function fitted(set: TrainingSet, written: Record<string, unknown> = {}) {
  return logisticRegression.fit(set, logisticRegression.options.parse(written), { seed: 1 });
}

describe.each(classificationSets)("on $name", (source) => {
  const train = trainingRows(source);
  const holdout = holdoutRows(source);

  it.each(source.logistic)("is scikit-learn's model at C $c, class weight $classWeight", (expected) => {
    const model = fitted(train, { c: expected.c, class_weight: expected.classWeight });
    expect(model.fit.converged).toBe(true);
    expect(model.fit.objective).toBeCloseTo(expected.objective, 7);
    const probabilities = model.predictProbability(holdout.features);
    for (const [i, theirs] of expected.probabilities.flat().entries()) expect(probabilities[i]).toBeCloseTo(theirs, 3);
  });

  it("is the same optimum by either solver", () => {
    const descended = fitted(train, { solver: "gradient-descent" });
    expect(descended.fit.converged).toBe(true);
    expect(descended.fit.objective! / optimum(train) - 1).toBeLessThan(1e-6);
    expect(descended.fit.objective! / optimum(train) - 1).toBeGreaterThan(-1e-6);
  });
});

describe("the smallest C", () => {
  it.each(
    classificationSets.flatMap((source) =>
      (["lbfgs", "gradient-descent"] as const).map((solver) => ({ source, solver })),
    ),
  )("predicts the shares of the classes on $source.name by $solver", ({ source, solver }) => {
    const train = trainingRows(source);
    const shares = new Float64Array(train.classes);
    for (const which of train.target) shares[which]! += 1 / train.target.length;
    const said = fitted(train, { c: 1e-9, solver }).predictProbability(train.features).slice(0, train.classes);
    for (const [which, share] of shares.entries()) expect(said[which]).toBeCloseTo(share, 4);
  });

  it.each([1e-10, 1e-100, 0, -1])("is not %s", (c) => {
    expect(logisticRegression.options.safeParse({ c }).success).toBe(false);
  });
});

describe("the solvers", () => {
  it.each([
    ["lbfgs", 60],
    ["gradient-descent", 3000],
  ])("%s reports progress that rises to the end and meets a tight tolerance", (solver, most) => {
    const shares: number[] = [];
    const model = logisticRegression.fit(
      trainingRows(classificationSets[2]!),
      logisticRegression.options.parse({ solver, tolerance: 1e-7, max_iterations: 5000 }),
      { seed: 1, onProgress: (share) => shares.push(share) },
    );
    expect(model.fit).toMatchObject({ converged: true });
    expect(model.fit.iterations).toBeLessThan(most);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it.each(["lbfgs", "gradient-descent"])("%s says when it was stopped early", (solver) => {
    const model = fitted(trainingRows(classificationSets[2]!), { solver, max_iterations: 4 });
    expect(model.fit).toMatchObject({ converged: false, iterations: 4 });
  });

  it("agree on balanced classes", () => {
    const set = trainingRows(classificationSets[0]!);
    const descended = fitted(set, { solver: "gradient-descent", class_weight: "balanced" });
    const expected = fitted(set, { class_weight: "balanced", tolerance: 1e-9 });
    expect(descended.fit.converged).toBe(true);
    expect(descended.fit.objective).toBeCloseTo(expected.fit.objective!, 8);
  });

  it("takes the loss down although a step of the package's own rate would diverge", () => {
    const rows = Array.from({ length: 400 }, (_, i) => [1e6 * Math.sin(i), Math.cos(7 * i)]);
    const set = trainingSet(
      rows,
      rows.map((_, i) => (Math.sin(i) + 2 * Math.cos(5 * i) > 0 ? 1 : 0)),
      2,
    );
    expect(fitted(set, { solver: "gradient-descent" }).fit.objective).toBeCloseTo(fitted(set).fit.objective!, 6);
  });

  it("predicts what the package itself would score", () => {
    const train = trainingRows(classificationSets[1]!);
    const problem = penalizedProblem(train, 1, null);
    const whitening = whiten(problem, 1);
    const starts = Array.from({ length: 3 }, () => new Float64Array(5));
    const trained = new LogisticRegression({ numSteps: 10, learningRate: 1 });
    trained.train(packageFeatures(problem, whitening, starts, 10), Matrix.columnVector(Array.from(train.target)));
    const scores = trained.classifiers.map((classifier) =>
      classifier.testScores(packageFeatures(problem, whitening, [new Float64Array(5)], 1)),
    );
    const ours = fitted(train, { solver: "gradient-descent", max_iterations: 10, tolerance: 1e-12 });
    const probabilities = ours.predictProbability(train.features);
    for (let row = 0; row < train.features.rows; row++) {
      const shares = scores.map((score) => 1 - score[row]!);
      const sum = shares.reduce((total, share) => total + share, 0);
      for (const [k, share] of shares.entries()) expect(probabilities[row * 3 + k]).toBeCloseTo(share / sum, 12);
    }
  });
});

describe("what is refused", () => {
  const { refuse, options } = logisticRegression;
  it.each([
    [{ rows: 100_000, columns: 200, classes: 2 }, {}, null],
    [
      { rows: 100_000, columns: 9000, classes: 500 },
      {},
      "The model would have 4,500,500 weights (500 classes × 9,001); the limit is 1,000,000.",
    ],
    [
      { rows: 1_000_000, columns: 20, classes: 500 },
      {},
      "Training would keep 500,000,000 scores (1,000,000 rows × 500 classes); the limit is 25,000,000.",
    ],
    [
      { rows: 1000, columns: 600, classes: 2 },
      { solver: "gradient-descent" },
      "The gradient-descent solver takes at most 512 columns after encoding, not 600; lbfgs takes more.",
    ],
    [
      { rows: 100_000, columns: 20, classes: 4 },
      { solver: "gradient-descent" },
      "The gradient-descent solver would take up to 400,000,000 row steps (400,000 × max_iterations 1000); the limit is 200,000,000. The lbfgs solver takes far fewer.",
    ],
  ])("%o with %o", (size, written, expected) => {
    expect(refuse!(size, options.parse(written))).toBe(expected);
  });
});

describe.runIf(referenceNames.length > 0).each(referenceNames)("on the reference split of %s", (name) => {
  const { train, holdout, positive, metrics } = loadReferenceSet(name);
  const expected = metrics.A_logreg_C1!;

  it("has the reference metrics within 0.002", () => {
    const scored = toScored(holdout, fitted(train).predictProbability(holdout.features), positive);
    const measured = evaluate(scored).metrics;
    expect({
      accuracy: measured.accuracy?.value,
      f1_macro: measured.f1_macro?.value,
      roc_auc: measured.roc_auc?.value,
      log_loss: measured.log_loss?.value,
    }).toEqual({
      accuracy: expect.closeTo(expected.accuracy!, DIGITS),
      f1_macro: expect.closeTo(expected.f1_macro!, DIGITS),
      roc_auc: expect.closeTo((expected.roc_auc ?? expected.roc_auc_ovr_macro)!, DIGITS),
      log_loss: expect.closeTo(expected.log_loss!, DIGITS),
    });
  });

  it("has the same penalized loss by either solver, within 1e-3", () => {
    // On adult 590 steps reach the optimum to 16 digits; 60 already reach the bound.
    const descended = fitted(train, { solver: "gradient-descent", max_iterations: name === "adult" ? 60 : 1000 });
    expect(Math.abs(descended.fit.objective! / optimum(train) - 1)).toBeLessThan(1e-3);
  });
});

/**
 * The lowest penalized loss of the model that gradient descent fits, found by L-BFGS: of the one logit for two classes;
 * for more classes of each class's logit against the rest, summed.
 */
function optimum(set: TrainingSet): number {
  if (set.classes === 2) return fitted(set, { tolerance: 1e-9 }).fit.objective!;
  let sum = 0;
  for (let which = 0; which < set.classes; which++) {
    const target = Int32Array.from(set.target, (own) => (own === which ? 1 : 0));
    sum += fitted({ ...set, target, classes: 2, task: "binary" }, { tolerance: 1e-9 }).fit.objective!;
  }
  return sum;
}
