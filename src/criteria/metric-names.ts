import { closestName } from "../../pipeline/experiment/closest-name.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";

/** What people write for a metric, normalised, where it differs from its id and its title. */
const aliases: Record<string, string> = {
  acc: "accuracy",
  auc: "roc_auc",
  auroc: "roc_auc",
  auc_roc: "roc_auc",
  rocauc: "roc_auc",
  area_under_the_roc_curve: "roc_auc",
  ap: "average_precision",
  pr_auc: "average_precision",
  auprc: "average_precision",
  sensitivity: "recall",
  true_positive_rate: "recall",
  tpr: "recall",
  f1_score: "f1",
  macro_f1: "f1_macro",
  macro_precision: "precision_macro",
  macro_recall: "recall_macro",
  logloss: "log_loss",
  cross_entropy: "log_loss",
  brier: "brier_score",
  ece: "expected_calibration_error",
  mcc: "matthews_corrcoef",
  mae: "mean_absolute_error",
  rmse: "root_mean_squared_error",
  mape: "mean_absolute_percentage_error",
  "r²": "r2",
  r_squared: "r2",
};

const known = new Map<string, string>([
  ...Object.entries(aliases).filter(([, id]) => metrics.has(id)),
  ...[...metrics.values()].map((metric) => [normalise(metric.title), metric.id] as const),
  ...[...metrics.keys()].map((id) => [id, id] as const),
]);

/** The same names without any hyphen or space: `F-1`, `RocAuc`, `log-loss`. */
const compact = new Map([...known].map(([name, id]) => [name.replaceAll("_", ""), id] as const));

/** Words of the longest name. */
const longest = Math.max(...[...known.keys()].map((name) => name.split("_").length));

/**
 * The metric that a person means, by id, title or a usual name in any case; else the closest name, when one is near.
 *
 * @example findMetric("ROC AUC"); // { id: "roc_auc" }
 * @example findMetric("roc_auk"); // { closest: "roc_auc" }
 */
export function findMetric(written: string): { id: string } | { closest: string | null } {
  const name = normalise(written);
  const id = known.get(name) ?? compact.get(name.replaceAll("_", ""));
  return id === undefined ? { closest: closestMetric(name) } : { id };
}

/**
 * A text without the first metric that it names, by id, title or a usual name; null when it names none.
 * Linear in the length of the text.
 *
 * @example withoutMetricName("keep the F-1 over 0.9"); // "keep the   over 0.9"
 */
export function withoutMetricName(text: string): string | null {
  const words = [...text.matchAll(/[\p{L}\d²]+/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const [first, { start }] of words.entries()) {
    for (let last = Math.min(first + longest, words.length) - 1; last >= first; last -= 1) {
      const { end } = words[last]!;
      const name = words.slice(first, last + 1).map((word) => word.text);
      if (compact.has(name.join("")) && /^[\p{L}\d²\s_./-]+$/u.test(text.slice(start, end))) {
        return `${text.slice(0, start)} ${text.slice(end)}`;
      }
    }
  }
  return null;
}

/** Stricter than for keys of a file: "version" in a sentence is no typing error of "precision". */
function closestMetric(name: string): string | null {
  const closest = name.length < 4 ? null : closestName(name, metrics.keys());
  if (closest === null) return null;
  return closest[0] === name[0] && Math.abs(closest.length - name.length) <= 2 ? closest : null;
}

function normalise(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}
