/** From the scores of all rows: the weighted sum of losses; writes the derivative of each score over its score. */
export type ScoreLoss = (scores: Float64Array) => number;

/** Loss of one logit per row: −ln σ(±score), where `isSecond` marks the rows of the second class. */
export function logitLoss(isSecond: Uint8Array, rowWeights: Float64Array): ScoreLoss {
  return (scores) => {
    let loss = 0;
    for (let row = 0; row < isSecond.length; row++) {
      const score = scores[row]!;
      const label = isSecond[row]!;
      const tail = Math.exp(-Math.abs(score));
      const weight = rowWeights[row]!;
      loss += weight * (Math.log1p(tail) + (label === 1 ? Math.max(-score, 0) : Math.max(score, 0)));
      scores[row] = weight * ((score >= 0 ? 1 : tail) / (1 + tail) - label);
    }
    return loss;
  };
}

/** Loss of one score per class and row: −ln softmax(scores) at the actual class. */
export function softmaxLoss(actual: Int32Array, classes: number, rowWeights: Float64Array): ScoreLoss {
  return (scores) => {
    let loss = 0;
    for (let row = 0; row < actual.length; row++) {
      const base = row * classes;
      const own = scores[base + actual[row]!]!;
      const { most, sum } = exponentiate(scores, base, classes);
      const weight = rowWeights[row]!;
      loss += weight * (Math.log(sum) + most - own);
      for (let k = base; k < base + classes; k++) scores[k]! *= weight / sum;
      scores[base + actual[row]!]! -= weight;
    }
    return loss;
  };
}

/** Replaces the scores of one row by exp(score − largest); returns the largest score and the sum. */
export function exponentiate(scores: Float64Array, base: number, classes: number): { most: number; sum: number } {
  let most = scores[base]!;
  for (let k = base + 1; k < base + classes; k++) if (scores[k]! > most) most = scores[k]!;
  let sum = 0;
  for (let k = base; k < base + classes; k++) {
    const share = Math.exp(scores[k]! - most);
    scores[k] = share;
    sum += share;
  }
  return { most, sum };
}
