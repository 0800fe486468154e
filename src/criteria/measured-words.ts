import { closestName } from "../../pipeline/experiment/closest-name.ts";

/** Measures of the field that have no metric here. Whoever asks for one means a measurement, not a task. */
const otherMeasures = [
  ...["specificity", "true negative rate", "tnr", "false positive rate", "fpr", "false negative rate", "fnr"],
  ...["error rate", "misclassification rate", "false discovery rate", "negative predictive value", "npv", "ppv"],
  ...["kappa", "cohens kappa", "cohen kappa", "jaccard", "hamming loss", "hinge loss", "zero one loss", "iou", "miou"],
  ...["f2", "f05", "fbeta", "f beta", "f measure", "gini", "gini coefficient", "youden", "informedness", "gmean"],
  ...[
    "mse",
    "mean squared error",
    "msle",
    "rmsle",
    "smape",
    "wape",
    "mase",
    "medae",
    "explained variance",
    "max error",
  ],
  ...["ndcg", "mrr", "mean average precision", "hit rate", "recall at k", "precision at k", "top k accuracy"],
  ...[
    "bleu",
    "rouge",
    "perplexity",
    "word error rate",
    "wer",
    "cer",
    "silhouette",
    "rand index",
    "spearman",
    "pearson",
  ],
  ...["demographic parity", "equalized odds", "equal opportunity", "disparate impact", "calibration error"],
  ...["psi", "population stability index", "kolmogorov smirnov", "wasserstein", "kl divergence"],
].map(compact);

/** Words that mean a measure only where nothing else is said, and the words of data that are counted. */
const alone = new Set(["ks", "map", "lift", "gain", "loss", "score", "error", "bias", "dice", "calibration"]);
const counted =
  /^(?:(?:the|a|all|total|number|count|share|percentage|percent|fraction|ratio|proportion|amount|rate|of|in|training|train|test|hold-?out|validation|new) )*(?:rows?|records?|samples?|observations?|instances?|examples?|columns?|features?|labels?|classes|class (?:balance|imbalance)|positives?|negatives?|prevalence|nulls?|nans?|outliers?|duplicates?|duplicated? (?:rows?|records?|values?)|missing(?: (?:values?|cells?|rows?|labels?|data))?|missingness)\b/i;

const known = new Set(otherMeasures);

/** Whether a name of one or more words, without spaces and hyphens, is that of a measure that has no metric here. */
export function isOtherMeasure(name: string): boolean {
  return known.has(name);
}

/** Words of the longest name. */
export const longestOtherMeasure = 4;

/**
 * Whether what a limit is set to resembles a measure or a count of data, though no metric here is named so.
 *
 * @example resemblesMeasure("specificity on women"); // true
 * @example resemblesMeasure("latency"); // false
 */
export function resemblesMeasure(subject: string): boolean {
  const words = subject.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  if (words.length === 1 && alone.has(words[0]!)) return true;
  if (counted.test(subject.trim())) return true;
  for (let length = Math.min(words.length, longestOtherMeasure); length > 0; length--) {
    if (known.has(words.slice(0, length).join("")) || known.has(words.slice(-length).join(""))) return true;
  }
  const name = words.join("");
  const closest = words.length <= 3 && name.length >= 7 ? closestName(name, otherMeasures) : null;
  return closest !== null && closest[0] === name[0] && Math.abs(closest.length - name.length) <= 2;
}

function compact(name: string): string {
  return name.replaceAll(" ", "");
}
