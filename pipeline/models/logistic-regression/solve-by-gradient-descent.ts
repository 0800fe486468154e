import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import type { MinimizeOptions } from "./lbfgs.ts";
import type { LinearClassifier } from "./linear-classifier.ts";
import { logitLoss } from "./loss.ts";
import { packageFeatures } from "./package-features.ts";
import { addPenalty, type PenalizedProblem } from "./penalized-problem.ts";
import { type Whitening, whiten } from "./whitening.ts";

/** Steps between two looks at the loss. */
const CHUNK = 10;

/** Score of a class that has no training rows: a probability of about 1e-17. */
const NEVER = -40;

/** One class against the rest, on its way: the best point so far, in whitened units. */
interface Descent {
  point: Float64Array;
  value: number;
  largestGradient: number;
  resting: boolean;
}

/**
 * Fits by gradient descent with the ml-logistic-regression package: its loop, its one-vs-rest labels and its sigmoid;
 * see package-features.ts for what it is given beside.
 *
 * A step of length one cannot overshoot in whitened units. Steps twice as long are tried after each chunk that went
 * well; a chunk that raised a class's loss is taken back for that class and the length halved. So the penalized loss
 * only falls, and a class rests once its gradient meets the tolerance.
 *
 * Two classes: the optimum is the one that L-BFGS finds. More classes: each class has its own logit against the rest,
 * with probabilities divided by their sum, which is another model than softmax; the objective is the sum over classes.
 */
export function solveByGradientDescent(problem: PenalizedProblem, options: MinimizeOptions): LinearClassifier {
  const { design, classes } = problem;
  const size = design.columns + 1;
  const whitening = whiten(problem, 1);
  const present = [...new Set(problem.actual)].sort((a, b) => a - b);
  const look = lossPerClass(problem, whitening);
  const descents = present.map((which): Descent => {
    const point = new Float64Array(size);
    // Of two classes the second one's logit says it all: the first would be its mirror image.
    return { point, ...look(point, which), resting: classes === 2 && which === 0 && present.length === 2 };
  });
  const labels = Matrix.columnVector(Float64Array.from(problem.actual, (which) => present.indexOf(which)));

  let rate = 1;
  let iterations = 0;
  const active = () => descents.filter((descent) => !descent.resting);
  while (iterations < options.maxIterations && settle(descents, options.tolerance)) {
    const steps = Math.min(CHUNK, options.maxIterations - iterations);
    const starts = descents.map((descent) => (descent.resting ? null : descent.point));
    const model = new LogisticRegression({ numSteps: steps, learningRate: rate });
    model.train(packageFeatures(problem, whitening, starts, steps), labels);
    let overshot = false;
    for (const [index, descent] of descents.entries()) {
      if (descent.resting) continue;
      const moved = model.classifiers[index]!.weights;
      const point = descent.point.map((value, i) => value + moved.get(0, i));
      const found = look(point, present[index]!);
      if (found.value < descent.value) Object.assign(descent, { point, ...found });
      else if (rate <= 1) descent.resting = true;
      else overshot = true;
    }
    rate = overshot ? Math.max(1, rate / 2) : rate * 2;
    iterations += steps;
    options.onIteration?.(iterations, Math.max(0, ...active().map((descent) => descent.largestGradient)));
  }
  return toClassifier(problem, whitening, present, descents, iterations, options.tolerance);
}

/** Lets the classes rest that are done; true while any is not. */
function settle(descents: Descent[], tolerance: number): boolean {
  for (const descent of descents) if (descent.largestGradient <= tolerance) descent.resting = true;
  return descents.some((descent) => !descent.resting);
}

/** The mean penalized loss of one class's logit (of not being the class), and its largest gradient component. */
function lossPerClass(problem: PenalizedProblem, whitening: Whitening) {
  const { design, actual, rowWeights, totalWeight, penalty } = problem;
  const scores = new Float64Array(design.rows);
  const weights = new Float64Array(design.columns + 1);
  const gradient = new Float64Array(design.columns + 1);
  return (point: Float64Array, which: number) => {
    whitening.toWeights(point, weights);
    design.multiply(weights, 1, scores);
    const loss = logitLoss(
      Uint8Array.from(actual, (own) => (own === which ? 0 : 1)),
      rowWeights,
    )(scores);
    design.accumulate(scores, 1, gradient);
    const value = (loss + addPenalty(weights, design.columns, penalty, gradient)) / totalWeight;
    whitening.toPointGradient(gradient);
    const largest = gradient.reduce((most, component) => Math.max(most, Math.abs(component)), 0);
    return { value, largestGradient: largest / totalWeight };
  };
}

function toClassifier(
  { design, classes }: PenalizedProblem,
  whitening: Whitening,
  present: number[],
  descents: Descent[],
  iterations: number,
  tolerance: number,
): LinearClassifier {
  const size = design.columns + 1;
  const weights = new Float64Array(classes * size);
  for (let which = 0; which < classes; which++) weights[which * size + size - 1] = NEVER;
  for (const [index, which] of present.entries()) {
    const own = weights.subarray(which * size, (which + 1) * size);
    whitening.toWeights(descents[index]!.point, own);
    for (let i = 0; i < size; i++) own[i] = 0 - own[i]!;
  }
  const binary = classes === 2;
  const judged = binary ? descents.slice(-1) : descents;
  // With a single class present, its logit alone decides; mirror it when it is the first one.
  if (binary && present.length === 1 && present[0] === 0) {
    for (let i = 0; i < size; i++) weights[size + i] = 0 - weights[i]!;
  }
  return {
    type: "logistic-regression",
    link: binary ? "logit" : "one-vs-rest",
    classes,
    columns: design.columns,
    weights: [...(binary ? weights.subarray(size) : weights)],
    fit: {
      iterations,
      converged: judged.every((descent) => descent.largestGradient <= tolerance),
      objective: judged.reduce((sum, descent) => sum + descent.value, 0),
    },
  };
}
