import { expect, it } from "vitest";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { findMetric } from "../../src/criteria/metric-names.ts";

it.each([...metrics.values()])("finds $id by its id and by its title", ({ id, title }) => {
  expect([findMetric(id), findMetric(title), findMetric(` ${title.toUpperCase()} `)]).toEqual([{ id }, { id }, { id }]);
});

it.each([...metrics.values()].flatMap(({ id, aliases }) => aliases.map((alias) => ({ id, alias }))))(
  "finds $id by $alias, and no other metric has that name",
  ({ id, alias }) => {
    expect(findMetric(alias)).toEqual({ id });
  },
);

it.each<[written: string, id: string]>([
  ["AUC", "roc_auc"],
  ["auroc", "roc_auc"],
  ["F1-score", "f1"],
  ["macro F1", "f1_macro"],
  ["Log loss", "log_loss"],
  ["PR AUC", "average_precision"],
  ["sensitivity", "recall"],
  ["MAE", "mean_absolute_error"],
  ["R²", "r2"],
])("knows %s", (written, id) => {
  expect(findMetric(written)).toEqual({ id });
});

it.each<[written: string, closest: string | null]>([
  ["roc_auk", "roc_auc"],
  ["recal", "recall"],
  ["presicion", "precision"],
  ["version", null],
  ["latency", null],
  ["f2", null],
  ["", null],
])("%j is no metric", (written, closest) => {
  expect(findMetric(written)).toEqual({ closest });
});
