import type { Slice } from "../../pipeline/compare/comparison.ts";

/**
 * A slice in words. Holds data text: escape it.
 *
 * @example nameSlice([{ column: "sex", value: "Female" }, { column: "age", value: "<30" }]); // "sex = Female and age <30"
 */
export function nameSlice(conditions: readonly Slice[]): string {
  return conditions.map(({ column, value }) => `${column}${/^[<>]/.test(value) ? "" : " ="} ${value}`).join(" and ");
}
