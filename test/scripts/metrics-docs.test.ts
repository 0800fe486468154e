import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Metric } from "../../pipeline/metrics/metric.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { metricsDocs } from "../../scripts/metrics-docs.ts";

const page = readFileSync(new URL("../../docs/models.md", import.meta.url), "utf8");

it("docs/models.md has the table that scripts/generate-docs.ts writes", () => {
  expect(metricsDocs(page, metrics)).toBe(page);
});

it.each([
  {
    change: { aliases: ["a|b", "c"], range: [-1, Number.POSITIVE_INFINITY] },
    cells: "binary, multiclass | higher | −1 to ∞ | Tango, McNemar | a\\|b, c |",
  },
  { change: { pairedTest: null }, cells: "| 0 to 1 | studentized bootstrap | acc |" },
  { change: { pairedTest: null, rowLoss: null }, cells: "| paired bootstrap | acc |" },
  { change: { pairedTest: "delong", rowLoss: null }, cells: "| DeLong; multiclass: paired bootstrap | acc |" },
  { change: { pairedTest: "delong", tasks: ["binary"] }, cells: "| binary | higher | 0 to 1 | DeLong | acc |" },
] satisfies { change: Partial<Metric>; cells: string }[])("says $cells", ({ change, cells }) => {
  const metric: Metric = { ...metrics.get("accuracy")!, ...change };
  const lines = metricsDocs("kept\n<!-- metrics -->\nold\n<!-- end -->\nkept", new Map([["accuracy", metric]])).split(
    "\n",
  );
  expect(lines).toEqual([
    "kept",
    "<!-- metrics -->",
    "",
    expect.stringContaining("| metric |"),
    expect.stringMatching(/^\|[-|]+$/),
    expect.stringContaining(cells),
    "",
    "<!-- end -->",
    "kept",
  ]);
});
