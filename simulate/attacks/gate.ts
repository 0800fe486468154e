import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { reviewModel } from "../../pipeline/review/review-model.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import type { Verdict } from "../../src/verdict/verdict.ts";
import { aFacts } from "../../test/support/facts.ts";
import { aReviewJob, aRevision } from "../../test/support/review-jobs.ts";
import { toCsv } from "./data-set.ts";
import { experimentOf, type Proposal } from "./edits.ts";

const checks = await loadChecks();

const policyText = `
version: 1
models:
  - id: income
    experiment: income.yml
    metrics:
      roc_auc: { tolerance: 0.01 }
      accuracy: { tolerance: 0.02 }
`;

const policy: Policy = readPolicy();

function readPolicy(): Policy {
  const parsed = parsePolicy(policyText, "modelsync.yml", checks);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(" "));
  return parsed.value;
}

export interface Judged {
  conclusion: Verdict["conclusion"];
  review: ModelReview;
  /** What blocks, by check and kind. */
  blocking: string[];
}

/** The verdict on a change from one proposal to another, by the levels that a policy has which says none. */
export async function judgeChange(
  folder: string,
  base: Proposal,
  head: Proposal,
  model: Experiment["model"],
  worse: boolean,
): Promise<Judged> {
  const metrics = { roc_auc: { tolerance: 0.01 }, accuracy: { tolerance: 0.02 } };
  const before = await aRevision(folder, "b", toCsv(base.rows), experimentOf(base, model, false));
  const after = await aRevision(folder, "h", toCsv(head.rows), experimentOf(head, model, worse));
  const review = await reviewModel(aReviewJob(before, after, { metrics, cache: folder }));
  const { conclusion, outcomes } = judge(checks, aFacts({ policy, models: [review] }));
  const blocking = outcomes
    .filter(({ level, result }) => level === "block" && (result.answer === "fail" || result.answer === "cannot-tell"))
    .map(
      ({ id, result }) =>
        `${id}: ${result.findings.map(({ evidence }) => evidence.change ?? evidence.kind ?? evidence.verdict).join(", ")}`,
    );
  return { conclusion, review, blocking };
}
