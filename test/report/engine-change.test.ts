import { expect, it } from "vitest";
import { terminalReport } from "../../src/command-line/terminal-report.ts";
import { judge } from "../../src/verdict/judge.ts";
import { aComparison, aFacts, aModelReview, aRegression } from "../support/facts.ts";
import { checks, report } from "../support/reported.ts";

const worse = aModelReview({ comparison: aComparison({ metrics: [aRegression()] }) });
const models = [{ ...worse, earlier: { engine: "e1", review: aModelReview() } }];

it("what only the engine made differ stands under the verdict, in comment, check run and terminal", () => {
  const { comment, checkRun } = report({ models });
  const head = [
    "### ✗ ModelSync: this change makes `income` worse",
    "Compared `c91e7d0` with `8f3c2a1` (main) on the same 8,140 hold-out rows.",
    "",
    "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be `pass`; metric regression would say pass and says fail.",
    "",
    "",
  ].join("\n");
  expect([comment.slice(0, head.length), checkRun.summary.slice(0, head.length)]).toEqual([head, head]);

  const facts = aFacts({ models });
  expect(
    terminalReport(judge(checks, facts), facts, (_, text) => text)
      .split("\n\n")
      .slice(0, 2),
  ).toEqual([
    "✗ ModelSync: this change makes income worse\n  Compared c91e7d0 (try) with 8f3c2a1 (main).",
    "Only ModelSync's engine changed: by what another version of it measured on these same files, the answer would be pass; metric regression would say pass and says fail.",
  ]);
});

it("an earlier answer that leads to the same verdict leaves the report as it is", () => {
  expect(report({ models: [{ ...worse, earlier: { engine: "e1", review: worse } }] })).toEqual(
    report({ models: [worse] }),
  );
});
