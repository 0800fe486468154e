import { suggestName } from "../../pipeline/experiment/closest-name.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { policyPath } from "./parse-policy.ts";
import type { ModelPolicy } from "./policy.ts";

/**
 * Columns that a model's policy names and its data does not have: slices of them could never be judged, and another column than the one
 * that was meant may drift.
 *
 * @param judged what the base's policy says of the model: what stands there already is not this change's mistake
 */
export function absentColumns(
  { id, slices, drift }: Pick<ModelPolicy, "id" | "slices" | "drift">,
  columns: readonly string[],
  judged?: Pick<ModelPolicy, "slices" | "drift">,
): Problem[] {
  const absent = (names: readonly string[], known: readonly string[] = []) =>
    names.filter((name) => !columns.includes(name) && !known.includes(name));
  return [
    ...absent(slices, judged?.slices).map((name) => absentSlice(id, name, columns)),
    ...absent(drift.exclude, judged?.drift.exclude).map((name) => absentFromDrift(id, name, columns)),
  ];
}

function absentSlice(model: string, written: string, columns: readonly string[]): Problem {
  return {
    code: "slice-column-absent",
    where: { path: policyPath, key: `models.${model}.slices` },
    message: `The data of ${model} has no column of this name to cut slices by.`,
    written,
    remedy: suggestName(written, columns, "Name a column of the data, or take it out of slices."),
  };
}

function absentFromDrift(model: string, written: string, columns: readonly string[]): Problem {
  return {
    code: "drift-column-absent",
    where: { path: policyPath, key: `models.${model}.drift.exclude` },
    message: `The data of ${model} has no column of this name that may drift.`,
    written,
    remedy: suggestName(written, columns, "Name a column of the data, or take it out of drift.exclude."),
  };
}
