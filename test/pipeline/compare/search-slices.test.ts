import { describe, expect, it } from "vitest";
import { type ConditionColumn, searchSlices } from "../../../pipeline/compare/search-slices.ts";

const rows = 400;
const column = (name: string, values: string[], codeOf: (row: number) => number): ConditionColumn => ({
  column: name,
  values,
  codes: Int32Array.from({ length: rows }, (_, row) => codeOf(row)),
});
const sex = column("sex", ["F", "M"], (row) => row % 2);
const job = column("job", ["a", "b", "c", "d"], (row) => (row >> 1) % 4);
const noise = (row: number) => ((row * 7919) % 101) / 10_000;
const limits = { minimumRows: 30, beam: 20, keep: 5 };

const found = (worsening: (row: number) => number, given: ConditionColumn[] = [sex, job], options = limits) =>
  searchSlices(
    Float64Array.from({ length: rows }, (_, row) => worsening(row)),
    given,
    options,
  ).candidates.map(({ conditions, positions }) => [
    conditions.map(({ column: name, value }) => `${name}=${value}`).join(" "),
    positions.length,
  ]);

describe("searchSlices", () => {
  it.each<{ why: string; worsening: (row: number) => number; slices: unknown[] }>([
    { why: "nothing got worse", worsening: (row) => -0.1 + noise(row), slices: [] },
    {
      why: "one value got worse",
      worsening: (row) => (row % 2 === 0 ? 0.2 : 0) + noise(row),
      slices: expect.arrayContaining([["sex=F", 200]]) as never,
    },
    {
      why: "two values together got worse",
      worsening: (row) => (row % 2 === 0 && (row >> 1) % 4 === 1 ? 0.5 : 0) + noise(row),
      slices: expect.arrayContaining([["job=b sex=F", 50]]) as never,
    },
  ])("when $why", ({ worsening, slices }) => {
    expect(found(worsening)).toEqual(slices);
  });

  it("puts the worst first and never shows a slice that merely contains it", () => {
    const [first, ...others] = found((row) => (row % 2 === 0 ? 0.2 : -0.1) + noise(row));
    expect([first, others.map(([name]) => name)]).toEqual([["sex=F", 200], expect.not.arrayContaining(["sex=M"])]);
  });

  it("leaves out slices that are too small or hold every row", () => {
    const whole = column("whole", ["all"], () => 0);
    const tiny = column("tiny", ["rare"], (row) => (row < 29 ? 0 : -1));
    expect(found((row) => (row < 29 ? 1 : 0) + noise(row), [whole, tiny])).toEqual([]);
  });

  it("does not depend on the order of the columns", () => {
    const worsening = (row: number) => (row % 2 === 0 ? 0.2 : 0) + (((row >> 1) % 4 === 1 ? 0.1 : 0) + noise(row));
    expect(found(worsening, [sex, job]).map(([, count]) => count)).toEqual(
      found(worsening, [job, sex]).map(([, count]) => count),
    );
  });

  it("has nothing to say without rows or columns", () => {
    expect(searchSlices(new Float64Array(0), [], limits)).toEqual({ candidates: [], searched: 0 });
  });
});
