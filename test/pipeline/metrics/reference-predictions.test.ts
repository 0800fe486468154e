import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../pipeline/evaluate.ts";
import { referenceData } from "../../support/reference-data.ts";
import { parseCsv, type ReferenceName, referenceNames } from "../../support/reference-set.ts";

/** Our metric ids and the names that the reference files use. */
const NAMES: [string, string[]][] = [
  ["accuracy", ["accuracy"]],
  ["balanced_accuracy", ["balanced_accuracy"]],
  ["precision", ["precision_positive"]],
  ["recall", ["recall_positive"]],
  ["f1", ["f1_positive"]],
  ["precision_macro", ["precision_macro"]],
  ["recall_macro", ["recall_macro"]],
  ["f1_macro", ["f1_macro"]],
  ["roc_auc", ["roc_auc", "roc_auc_ovr_macro"]],
  ["average_precision", ["average_precision"]],
  ["brier_score", ["brier", "brier_multiclass_sum"]],
  ["matthews_corrcoef", ["mcc"]],
];

describe.runIf(referenceNames.length > 0).each(referenceNames)("the reference predictions of %s", (name) => {
  it.each(["A_logreg_C1", "B_forest", "A2_logreg_C0.01"])("give %s the reference metrics", (model) => {
    const reference = JSON.parse(readFileSync(referenceData(`reference/${name}.json`)!, "utf8"));
    const expected = reference.metrics[model];
    const { metrics: measured, confusion } = evaluate(readPredictions(name, model, reference));

    expect(confusion).toEqual(expected.confusion_matrix_rows_true_cols_pred);
    const compared = NAMES.flatMap(([id, names]) => {
      const known = names.find((candidate) => expected[candidate] !== undefined);
      return known === undefined || !(id in measured) ? [] : [[id, measured[id]!.value, expected[known]] as const];
    });
    expect(compared.length).toBeGreaterThanOrEqual(8);
    for (const [id, ours, theirs] of compared) expect([id, ours]).toEqual([id, expect.closeTo(theirs, 10)]);
    // The forest says 0 and 1; there scikit-learn 1.2 renormalizes after clipping, which moves the last digits.
    expect(measured.log_loss?.value).toBeCloseTo(expected.log_loss, 6);
  });
});

describe("the reader of reference tables", () => {
  it("keeps commas inside quotes and drops spaces around cells", () => {
    expect(parseCsv('a, "b, c" ,\r\n\n"",2')).toEqual([
      ["a", "b, c", ""],
      ["", "2"],
    ]);
  });
});

function readPredictions(
  name: ReferenceName,
  model: string,
  reference: { positive: string | null; metrics: Record<string, { labels: string[] }> },
) {
  const [header, ...lines] = parseCsv(readFileSync(referenceData(`reference/${name}.predictions.csv`)!, "utf8"));
  const classes = reference.metrics[model]!.labels;
  const columnOf = (title: string) => header!.indexOf(title);
  const codes = (title: string) => Int32Array.from(lines, (cells) => classes.indexOf(cells[columnOf(title)]!));
  const places = classes.map((label) => columnOf(`p_${model}_${label}`));
  return {
    task: classes.length === 2 ? ("binary" as const) : ("multiclass" as const),
    actual: codes("y_true"),
    predicted: codes(`pred_${model}`),
    probabilities: Float64Array.from(lines.flatMap((cells) => places.map((place) => Number(cells[place])))),
    classes: classes.length,
    positive: reference.positive === null ? null : classes.indexOf(reference.positive),
  };
}
