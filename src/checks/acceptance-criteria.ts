import { z } from "zod";
import { type Criterion, parseAcceptanceCriteria } from "../criteria/acceptance-criteria.ts";
import { measureCriterion } from "../criteria/measure-criterion.ts";
import { parseCriterion } from "../criteria/parse-criterion.ts";
import { issueName } from "../facts/issue-name.ts";
import { type ReviewedModel, reviewedModels } from "../facts/model-state.ts";
import type { Check } from "../verdict/check.ts";
import { combineAnswers, type PartialAnswer } from "../verdict/combine-answers.ts";
import type { Badness, Finding } from "../verdict/finding.ts";
import { withoutFact } from "../verdict/known-facts.ts";
import { newFinding } from "../verdict/new-finding.ts";

const id = "acceptance-criteria";

const options = z.strictObject({
  outside_section: z
    .enum(["count", "ignore"])
    .default("count")
    .describe("Whether the tasks of an issue without a section “Acceptance criteria” are its criteria."),
  require: z.boolean().default(false).describe("Whether every linked issue must have criteria."),
});

type Options = z.infer<typeof options>;

export default {
  id,
  title: "Acceptance criteria",
  group: "collaboration",
  defaultLevel: "warn",
  triggers: ["code", "text", "issue", "base", "policy"],
  options,
  docs: {
    summary:
      "Every acceptance criterion of the linked issues is met. `roc_auc >= 0.86` or `recall[sex=Female] not worse` is measured and needs no tick; any other task must be ticked.",
    passes: "Every measurable criterion is met by the numbers, and every other task is ticked, struck through or N/A.",
    fails: "A measurable criterion is not met, ticked or not; or a task is not ticked.",
    cannotTell: "A criterion can't be measured, or none of the linked issues can be read.",
  },
  run(facts, options) {
    if (!facts.linkedIssues.known) return withoutFact(id, "the acceptance criteria", facts.linkedIssues);
    const issues = facts.linkedIssues.value;
    const readable = issues.flatMap((linked) => (linked.issue === null ? [] : [{ linked, issue: linked.issue }]));
    const models = reviewedModels(facts);
    const parts = readable.flatMap(({ linked, issue }) =>
      judgeIssue(issueName(linked, facts), issue.body, models, options),
    );
    if (issues.length > 0 && readable.length === 0)
      parts.push(unreadable(issues.map((issue) => issueName(issue, facts))));
    const names = readable.map(({ linked }) => issueName(linked, facts)).join(", ");
    return combineAnswers(parts, {
      pass: `acceptance criteria of ${names}: ${parts.length} met`,
      fail: (findings) => `${findings.length} of ${parts.length} criteria of ${names} not met`,
      "cannot-tell": "acceptance criteria could not be judged",
      "not-applicable": issues.length === 0 ? "no linked issue, so no criteria" : `no criteria in ${names}`,
    });
  },
  badness: { docs: "the distance from a criterion's limit", of: distanceFromLimit },
} satisfies Check<Options>;

function distanceFromLimit({ evidence: { criterion, measured } }: Finding): Badness | null {
  const parsed = parseCriterion(String(criterion));
  if (typeof measured !== "number" || parsed.kind !== "measurable" || parsed.criterion.kind !== "metric") return null;
  const { demand } = parsed.criterion;
  return demand.kind === "limit" ? { value: Math.abs(measured - demand.limit), unit: "" } : null;
}

/** More than anyone means; an issue of 8,000 tasks must neither stall a review nor slip through it. */
const maxCriteria = 200;

function judgeIssue(issue: string, body: string, models: ReviewedModel[], options: Options): PartialAnswer[] {
  const criteria = parseAcceptanceCriteria(body, options.outside_section === "count");
  if (criteria.length > maxCriteria) return [tooMany(issue, criteria.length)];
  const parts = criteria.flatMap((criterion) => judgeCriterion(issue, criterion, models) ?? []);
  if (parts.length > 0 || !options.require) return parts;
  return [
    saying("fail", "no-criteria", [issue], {
      title: `${issue} has no acceptance criteria`,
      evidence: { issue, criteria: 0 },
      remedy: `Add a section “Acceptance criteria” with tasks to ${issue}.`,
    }),
  ];
}

/** Null: a plain list item that is only a sentence. */
function judgeCriterion(issue: string, criterion: Criterion, models: ReviewedModel[]): PartialAnswer | null {
  if (criterion.waived) return { answer: "pass", findings: [] };
  const parsed = parseCriterion(criterion.text);
  if (parsed.kind === "task") {
    if (criterion.ticked === null) return null;
    return criterion.ticked ? { answer: "pass", findings: [] } : unticked(issue, criterion);
  }
  if (parsed.kind === "almost") return unmeasurable(issue, criterion, parsed.reason, parsed.remedy);
  const { answer, measured, reason, model } = measureCriterion(parsed.criterion, models);
  if (answer === "met") return { answer: "pass", findings: [] };
  if (answer === "cannot-tell") {
    return unmeasurable(issue, criterion, reason ?? "", `Make it measurable, or change the criterion in ${issue}.`);
  }
  return saying("fail", "unmet", [issue, criterion.text], {
    title: `${criterion.text} is not met`,
    evidence: { issue, criterion: criterion.text, measured, reason, ticked: criterion.ticked },
    remedy: `Improve the model, or change the criterion in ${issue}.`,
    ...(model === null ? {} : { model }),
  });
}

function unticked(issue: string, { text }: Criterion): PartialAnswer {
  return saying("fail", "unticked", [issue, text], {
    title: `${text} is not ticked`,
    evidence: { issue, criterion: text, measured: null, reason: "not ticked", ticked: false },
    remedy: `Do it and tick it in ${issue}, or strike it through there.`,
  });
}

function unmeasurable(issue: string, { text, ticked }: Criterion, reason: string, remedy: string): PartialAnswer {
  return saying("cannot-tell", "unmeasurable", [issue, text], {
    title: `${text} can't be measured`,
    evidence: { issue, criterion: text, measured: null, reason, ticked },
    remedy,
  });
}

function tooMany(issue: string, criteria: number): PartialAnswer {
  return saying("cannot-tell", "too-many", [issue], {
    title: `${issue} has ${criteria} criteria`,
    evidence: { issue, criterion: null, measured: null, reason: `at most ${maxCriteria} are read`, ticked: null },
    remedy: `Split ${issue}, or move what is no criterion out of its section “Acceptance criteria”.`,
  });
}

function unreadable(issues: string[]): PartialAnswer {
  return saying("cannot-tell", "unreadable", [], {
    title: `${issues.join(", ")} can't be read`,
    evidence: { issue: issues.join(", "), criterion: null, measured: null, reason: "unreadable", ticked: null },
    remedy: "Correct the number, or link an issue of this repository.",
  });
}

function saying(
  answer: "fail" | "cannot-tell",
  kind: string,
  about: string[],
  written: Parameters<typeof newFinding>[2],
): PartialAnswer {
  return { answer, findings: [newFinding(id, kind, written, about)] };
}
