import { describe, expect, it } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import { jensenShannonDistance } from "../../../pipeline/stats/jensen-shannon.ts";
import { normalCdf } from "../../../pipeline/stats/normal-distribution.ts";

const { numeric, categorical } = defaultDriftOptions.thresholds;
const distance = (before: number, after: number) =>
  jensenShannonDistance([before, 1 - before], [after, 1 - after]).value!;

describe("the default thresholds mean what their comment says", () => {
  it.each([
    { moved: 0.37, reaches: false },
    { moved: 0.38, reaches: true },
  ])("a normal column that moves by $moved standard deviations", ({ moved, reaches }) => {
    expect(2 * normalCdf(moved / 2) - 1 >= numeric).toBe(reaches);
  });

  it.each([
    { before: 0.5, after: 0.61, reaches: false },
    { before: 0.5, after: 0.62, reaches: true },
    { before: 0.1, after: 0.2, reaches: true },
    { before: 0.05, after: 0.1, reaches: false },
    { before: 0.02, after: 0, reaches: true },
    { before: 0.01, after: 0, reaches: false },
  ])("a share that moves from $before to $after", ({ before, after, reaches }) => {
    expect(distance(before, after) >= categorical).toBe(reaches);
  });
});
