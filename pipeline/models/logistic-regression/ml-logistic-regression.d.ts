/** The part of ml-logistic-regression 2.0.0 that is used here; the package ships no types. */
declare module "ml-logistic-regression" {
  import type { Matrix } from "ml-matrix";

  /** Everything that training asks of its features. */
  export interface Features {
    columns: number;
    /** Weights as a column → one score per row. */
    mmul(weights: Matrix): { to1DArray(): ArrayLike<number> };
    /** `mmul` takes one error per row and gives the gradient as a column. */
    transpose(): { mmul(errors: Matrix): Matrix };
  }

  export default class LogisticRegression {
    constructor(options: { numSteps: number; learningRate: number });
    /** One classifier per class, trained one after the other from zero weights; labels are 0 … classes − 1. */
    train(features: Features, labels: Matrix): void;
    /** Each holds a 1 × columns row of weights, whose score is the logit of *not* being the class. */
    classifiers: { weights: Matrix; testScores(features: Features): number[] }[];
    numberClasses: number;
  }
}
