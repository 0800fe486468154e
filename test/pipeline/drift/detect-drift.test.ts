import { describe, expect, it } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import { type DriftInput, detectDrift } from "../../../pipeline/drift/detect-drift.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const random = createRandom("detect drift");
const normals = (count: number, mean: number, sd = 1) =>
  Array.from({ length: count }, () => mean + sd * random.normal());
const share = (count: number, positive: number, yes = "yes", no = "no") =>
  Array.from({ length: count }, (_, row) => (row < positive * count ? yes : no));
const flags = (count: number, ones: number) => Array.from({ length: count }, (_, row) => (row < ones * count ? 1 : 0));
const holes = (values: number[], missing: number) =>
  values.map((value, row) => (row < missing * values.length ? null : value));

const options = (given: Partial<DriftInput> = {}): DriftInput => ({
  ...defaultDriftOptions,
  target: "target",
  features: ["c"],
  ...given,
});

function columnDrift(base: Column, head: Column) {
  return detectDrift(tableOf(base), tableOf(head), options()).columns[0]!;
}

const same = normals(400, 0);
const ids = (prefix: string) => Array.from({ length: 400 }, (_, row) => `${prefix}${row}`);

describe("one column", () => {
  it.each<{ why: string; base: Column; head: Column; answer: string; statistic: string; description: unknown }>([
    {
      why: "a mean that moves by half a standard deviation",
      base: numeric("c", normals(2000, 0)),
      head: numeric("c", normals(2000, 0.5)),
      answer: "drifted",
      statistic: "ks",
      description: expect.stringMatching(/^mean -?0\.0\d+ → 0\.[45]\d+$/),
    },
    {
      why: "a mean that moves by a fifth of a standard deviation, however significant",
      base: numeric("c", normals(20_000, 0)),
      head: numeric("c", normals(20_000, 0.2)),
      answer: "stable",
      statistic: "ks",
      description: expect.stringContaining("mean"),
    },
    {
      why: "a spread that triples under one mean",
      base: numeric("c", normals(1000, 0)),
      head: numeric("c", normals(1000, 0, 3)),
      answer: "drifted",
      statistic: "ks",
      description: expect.stringMatching(/^mean .+, sd .+ → .+$/),
    },
    {
      why: "identical values",
      base: numeric("c", same),
      head: numeric("c", same.toReversed()),
      answer: "stable",
      statistic: "ks",
      description: expect.any(String),
    },
    {
      why: "a large effect in too few rows",
      base: numeric("c", normals(49, 0)),
      head: numeric("c", normals(4000, 3)),
      answer: "not-enough-data",
      statistic: "ks",
      description: expect.stringMatching(/; 49 and 4,000 values are too few to judge$/),
    },
    {
      why: "a constant that stays",
      base: numeric(
        "c",
        Array.from({ length: 60 }, () => 7),
      ),
      head: numeric(
        "c",
        Array.from({ length: 90 }, () => 7),
      ),
      answer: "stable",
      statistic: "jensen-shannon",
      description: 'always "7"',
    },
    {
      why: "a constant that becomes another",
      base: numeric(
        "c",
        Array.from({ length: 60 }, () => 7),
      ),
      head: numeric(
        "c",
        Array.from({ length: 60 }, () => 8),
      ),
      answer: "drifted",
      statistic: "jensen-shannon",
      description: 'always "7" → always "8"',
    },
    {
      why: "a constant that begins to vary, to which quantile bins are blind",
      base: numeric(
        "c",
        Array.from({ length: 500 }, () => 0.5),
      ),
      head: numeric("c", normals(500, 0.5)),
      answer: "drifted",
      statistic: "jensen-shannon",
      description: '"0.5" 100 % → 0 %',
    },
    {
      why: "mostly zeros whose other values double",
      base: numeric("c", [...flags(900, 0), ...normals(300, 100, 20)]),
      head: numeric("c", [...flags(900, 0), ...normals(300, 200, 20)]),
      answer: "drifted",
      statistic: "jensen-shannon",
      description: expect.stringMatching(/^"above 1\d\d(\.\d)?" 6\.3 % → 25 %$/),
    },
    {
      why: "a 0/1 flag that moves by 20 points",
      base: numeric("c", flags(400, 0.5)),
      head: numeric("c", flags(400, 0.7)),
      answer: "drifted",
      statistic: "jensen-shannon",
      description: '"0" 50 % → 30 %',
    },
    {
      why: "a 0/1 flag that moves by 5 points",
      base: numeric("c", flags(400, 0.5)),
      head: numeric("c", flags(400, 0.55)),
      answer: "stable",
      statistic: "jensen-shannon",
      description: '"0" 50 % → 45 %',
    },
    {
      why: "a category that loses 15 points",
      base: categorical("c", share(1000, 0.7, "Private", "Public")),
      head: categorical("c", share(1000, 0.55, "Private", "Public")),
      answer: "drifted",
      statistic: "jensen-shannon",
      description: '"Public" 30 % → 45 %',
    },
    {
      why: "values that all change their spelling",
      base: categorical("c", share(400, 0.25, ">50K", "<=50K")),
      head: categorical("c", share(400, 0.25, ">50K.", "<=50K.")),
      answer: "drifted",
      statistic: "jensen-shannon",
      description: '"<=50K" 75 % → 0 %, also vanished: ">50K", new: "<=50K.", ">50K."',
    },
    {
      why: "fresh identifiers",
      base: categorical("c", ids("a")),
      head: categorical("c", ids("b")),
      answer: "stable",
      statistic: "jensen-shannon-grouped",
      description: "800 different values, none in 1 % of the rows, compared in 16 groups",
    },
    {
      why: "postal codes of fewer places",
      base: categorical(
        "c",
        Array.from({ length: 5000 }, (_, row) => `${10_000 + (row % 250)}`),
      ),
      head: categorical(
        "c",
        Array.from({ length: 5000 }, (_, row) => `${10_000 + (row % 110)}`),
      ),
      answer: "drifted",
      statistic: "jensen-shannon-grouped",
      description:
        '250 different values, none in 1 % of the rows, compared in 16 groups, vanished: "10110", "10111", "10112" and 137 more',
    },
    {
      why: "numbers with new holes",
      base: numeric("c", same),
      head: numeric("c", holes(same, 0.12)),
      answer: "drifted",
      statistic: "missing-rate",
      description: "missing 0 % → 12 %",
    },
    {
      why: "holes as many as before",
      base: numeric("c", holes(same, 0.12)),
      head: numeric("c", holes(same, 0.13)),
      answer: "stable",
      statistic: "missing-rate",
      description: "missing 12 % → 13 %",
    },
    {
      why: "a column that loses all its values",
      base: numeric("c", same),
      head: numeric("c", holes(same, 1)),
      answer: "drifted",
      statistic: "missing-rate",
      description: "missing 0 % → 100 %",
    },
    {
      why: "no value on either side",
      base: numeric("c", holes(same, 1)),
      head: numeric("c", holes(same, 1)),
      answer: "stable",
      statistic: "missing-rate",
      description: "missing 100 % → 100 %; every value is missing on both sides",
    },
    {
      why: "categories that are all missing",
      base: categorical(
        "c",
        share(60, 0).map(() => null),
      ),
      head: categorical(
        "c",
        share(60, 0).map(() => null),
      ),
      answer: "stable",
      statistic: "missing-rate",
      description: "missing 100 % → 100 %; every value is missing",
    },
    {
      why: "another type on each side",
      base: numeric("c", same),
      head: categorical("c", ids("a")),
      answer: "not-comparable",
      statistic: "none",
      description: "numeric in the base, categorical in the head",
    },
    {
      why: "an empty side",
      base: numeric("c", same),
      head: numeric("c", []),
      answer: "not-enough-data",
      statistic: "none",
      description: "400 and 0 values are too few to judge",
    },
    {
      why: "two empty sides",
      base: categorical("c", []),
      head: categorical("c", []),
      answer: "not-comparable",
      statistic: "none",
      description: "every value is missing",
    },
  ])("$why: $answer", ({ base, head, answer, statistic, description }) => {
    const drift = columnDrift(base, head);
    expect({ answer: drift.answer, statistic: drift.statistic, description: drift.description }).toEqual({
      answer,
      statistic,
      description,
    });
  });

  it("reports its whole evidence", () => {
    const base = categorical("c", [...share(100, 0.3, "a", "b"), null]);
    const head = categorical("c", [...share(100, 0.6, "a", "b"), null, null]);
    expect(columnDrift(base, head)).toEqual({
      column: "c",
      type: "categorical",
      role: "feature",
      answer: "drifted",
      statistic: "jensen-shannon",
      effect: expect.closeTo(0.2586, 3),
      threshold: 0.1,
      test: "χ²",
      p: expect.closeTo(9.56e-5, 6),
      q: expect.closeTo(1.912e-4, 6),
      statistics: {
        "jensen-shannon": expect.closeTo(0.2586, 3),
        chi2: expect.closeTo(18.51, 2),
        "chi2-p": expect.closeTo(9.56e-5, 6),
        "cramers-v": expect.closeTo(0.286, 2),
        psi: expect.closeTo(0.377, 3),
        "missing-rate": expect.closeTo(2 / 102 - 1 / 101, 12),
      },
      rows: { base: 101, head: 102 },
      missing: { base: 1, head: 2 },
      description: '"a" 30 % → 59 %',
    });
  });

  it("survives a million categories", () => {
    const names = Array.from({ length: 1_000_000 }, (_, row) => `v${String(row).padStart(7, "0")}`);
    const codes = Int32Array.from(names, (_, row) => row);
    const column: Column = { name: "c", type: "categorical", codes, categories: names };
    const table = { rowCount: 1_000_000, columns: [column] };
    expect(detectDrift(table, table, options()).columns[0]!.answer).toBe("stable");
  });
});

describe("a data set", () => {
  const base = tableOf(
    categorical("target", share(400, 0.5)),
    numeric("a", same),
    numeric("b", same),
    numeric("left out", same),
  );
  const head = tableOf(
    categorical("target", share(400, 0.5)),
    numeric("a", same),
    numeric(
      "b",
      same.map((value) => value + 1),
    ),
    numeric(
      "left out",
      same.map((value) => value + 9),
    ),
    numeric("only here", same),
  );
  const features = ["a", "b", "left out", "only here", "nowhere"];

  it("judges the target and the features that both sides have, without the excluded ones", () => {
    const report = detectDrift(base, head, options({ features, exclude: ["left out"] }));
    expect(report.columns.map(({ column, role, answer }) => [column, role, answer])).toEqual([
      ["target", "target", "stable"],
      ["a", "feature", "stable"],
      ["b", "feature", "drifted"],
    ]);
    expect({ answer: report.answer, rule: report.rule }).toEqual({
      answer: "drifted",
      rule: "the data set as a whole drifted: 1 of 2 judged features drifted (50 %; 25 % is enough); the target did not.",
    });
  });

  it("adds the predictions under their own role", () => {
    const predictions = {
      base: numeric("P(yes)", same),
      head: numeric(
        "P(yes)",
        same.map((value) => value + 1),
      ),
    };
    const report = detectDrift(base, base, options({ features: ["a"], predictions }));
    expect(report.columns.map(({ column, role, answer }) => [column, role, answer])).toEqual([
      ["target", "target", "stable"],
      ["a", "feature", "stable"],
      ["P(yes)", "prediction", "drifted"],
    ]);
    expect(report.answer).toBe("stable");
  });

  it("drifts when only the target does", () => {
    const other = tableOf(categorical("target", share(400, 0.8)), numeric("a", same));
    expect(detectDrift(base, other, options({ features: ["a"] })).answer).toBe("drifted");
  });

  it("says nothing about an excluded target, and it does not count", () => {
    const other = tableOf(categorical("target", share(400, 0.8)), numeric("a", same));
    const report = detectDrift(base, other, options({ features: ["a"], exclude: ["target"] }));
    expect([report.answer, report.columns.map(({ column }) => column)]).toEqual(["stable", ["a"]]);
  });

  it("does not depend on the order of rows", () => {
    const order = random.shuffle(same.map((_, row) => row));
    const shuffled = tableOf(
      numeric(
        "b",
        order.map((row) => same[row]! + 1),
      ),
    );
    const straight = tableOf(
      numeric(
        "b",
        same.map((value) => value + 1),
      ),
    );
    const report = (table: typeof base) => detectDrift(base, table, options({ features: ["b"] }));
    expect(report(shuffled)).toEqual(report(straight));
  });

  it("corrects over all columns: among 20 data sets of 50 columns without drift, hardly any has an alarm", () => {
    const names = Array.from({ length: 50 }, (_, i) => `x${i}`);
    const draw = () => tableOf(...names.map((name) => numeric(name, normals(80, 0))));
    const given = options({ features: names, thresholds: { numeric: 0, categorical: 0 } });
    const reports = Array.from({ length: 20 }, () => detectDrift(draw(), draw(), given).columns);
    const uncorrected = reports.filter((columns) => columns.some((column) => column.p! < 0.05)).length;
    const corrected = reports.filter((columns) => columns.some((column) => column.answer === "drifted")).length;
    expect({ uncorrected: uncorrected >= 15, corrected: corrected <= 4 }).toEqual({
      uncorrected: true,
      corrected: true,
    });
  });

  it("answers for tables without rows or columns", () => {
    expect(detectDrift(tableOf(), tableOf(), options())).toEqual({
      answer: "not-comparable",
      rule: "No column exists on both sides in a form that can be compared.",
      columns: [],
    });
  });
});
