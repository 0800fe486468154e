import { expect, it } from "vitest";
import { terminalReport } from "../../src/command-line/terminal-report.ts";
import { type Facts, factsSchema } from "../../src/facts/facts.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import {
  absent,
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aModelReview,
  aProblem,
  aRegression,
  aSchemaDiff,
  baseCommit,
  headCommit,
  withProblems,
} from "../support/facts.ts";

/** Clears a screen, twice, and turns the direction of what follows. */
const orders = "\u001b[2J\u009b2J\u202e";

/** The same data with orders in one text or key at a time. */
function* infected(value: unknown): Generator<unknown> {
  if (typeof value === "string") yield `${orders}${value}`;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of infected(part))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    if (!Array.isArray(value)) yield { ...value, [key]: undefined, [`${orders}${key}`]: part };
  }
}

const slice = { column: "sex", value: "Female" };
const comparison = aComparison({
  metrics: [aRegression()],
  slices: [{ slice, rows: 900, metrics: [aRegression()] }],
  discovery: {
    slices: [{ conditions: [slice], rows: 900, measuredOn: 450, metric: aRegression() }],
    searched: 900,
    measured: 5,
    reason: null,
  },
});
const schema = aSchemaDiff({ removed: ["age"], rewritten: [{ column: "seen", spelling: "dates changed" }] });
const drift = aDriftReport({ answer: "drifted", columns: [aColumnDrift({ answer: "drifted" })] });
const before = absent(baseCommit);
const failed = withProblems(headCommit, aProblem({ written: "x", allowed: "y" }));

it.each<[string, Facts["models"]]>([
  ["compared", [aModelReview({ comparison, schema, drift })]],
  ["new", [aModelReview({ base: before, comparison: null, schema: null, drift: null })]],
  ["broken", [aModelReview({ base: before, head: failed, comparison: null, schema: null, drift: null })]],
])("facts that somebody saved give a terminal no orders: a model that is %s", async (_, models) => {
  const checks = await loadChecks();
  const readable = [...infected(aFacts({ models }))].flatMap((facts) => factsSchema.safeParse(facts).data ?? []);
  expect(readable.length).toBeGreaterThan(20);
  const obeyed = readable.flatMap((facts) => {
    const verdict = judge(checks, facts);
    const texts = [terminalReport(verdict, facts, (_, text) => text), renderReport(verdict, facts).comment];
    return texts
      .flatMap((text) => text.split("\n"))
      .filter((line) => ["\u001b", "\u009b", "\u202e"].some((order) => line.includes(order)));
  });
  expect(obeyed).toEqual([]);
});
