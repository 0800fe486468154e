import { expect, it } from "vitest";
import { toModelViews } from "../../src/report/model-view.ts";
import { judge } from "../../src/verdict/judge.ts";
import { aColumnDrift, aDriftReport, aFacts, aModelReview, aPolicy } from "../support/facts.ts";
import { checks } from "../support/reported.ts";

const drift = aDriftReport({
  answer: "drifted",
  columns: [
    aColumnDrift({ answer: "drifted" }),
    aColumnDrift({ column: "band", role: "target", answer: "drifted" }),
    aColumnDrift({ column: "predicted band", role: "prediction", answer: "drifted" }),
  ],
});

/** The marks of the drifted columns; of `waived` there is no open finding any more. */
function marks(level: "block" | "warn", waived: string[] = []): string[] {
  const policy = aPolicy({ checks: { "data-drift": { level, options: { scope: "column" } } } });
  const facts = aFacts({ policy, models: [aModelReview({ drift })] });
  const verdict = judge(new Map([...checks].filter(([id]) => id === "data-drift")), facts);
  const outcomes = verdict.outcomes.map(({ result, ...outcome }) => {
    const findings = result.findings.filter(({ column = "" }) => !waived.includes(column));
    return { ...outcome, result: { ...result, findings } };
  });
  return toModelViews({ ...verdict, outcomes }, facts)[0]!.drifted.map(({ column, mark }) => `${mark} ${column}`);
}

it("a drifted column has a cross where it blocks", () => {
  expect(marks("block")).toEqual(["✗ age", "✗ band", "! predicted band"]);
  expect(marks("warn")).toEqual(["! age", "! band", "! predicted band"]);
});

it("a waived one has none", () => {
  expect(marks("block", ["age"])).toEqual(["! age", "✗ band", "! predicted band"]);
});
