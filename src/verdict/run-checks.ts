import { z } from "zod";
import type { Facts } from "../facts/facts.ts";
import type { Check, CheckResult } from "./check.ts";
import { isExemptBot } from "./exempt-bot.ts";
import { fingerprint } from "./fingerprint.ts";
import type { CheckOutcome } from "./verdict.ts";

const text = z.string();

const resultSchema = z.object({
  answer: z.enum(["pass", "fail", "cannot-tell", "not-applicable"]),
  summary: text,
  findings: z.array(
    z.object({
      check: text,
      fingerprint: text,
      title: text,
      evidence: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
      remedy: text,
      path: text.optional(),
      line: z.int().positive().optional(),
      model: text.optional(),
      metric: text.optional(),
      slice: text.optional(),
      column: text.optional(),
    }),
  ),
});

const groups = ["model", "data", "collaboration"];

/**
 * Runs every check that the policy does not turn off: models first, then data, then collaboration, by id within.
 *
 * Never throws: a check that throws, or answers something malformed, becomes `cannot-tell`, because a gate that
 * failed to look must not read as a gate that saw nothing.
 */
export function runChecks(checks: ReadonlyMap<string, Check>, facts: Facts): CheckOutcome[] {
  return [...checks.values()]
    .sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || (a.id < b.id ? -1 : 1))
    .flatMap((check) => {
      const level = facts.policy.checks[check.id]?.level ?? check.defaultLevel;
      if (level === "off") return [];
      return [{ id: check.id, title: check.title, group: check.group, level, result: answerOf(check, facts) }];
    });
}

function answerOf(check: Check, facts: Facts): CheckResult {
  const author = facts.pullRequest.author;
  if (check.group === "collaboration" && author !== null && isExemptBot(author, facts.policy.exempt.bots)) {
    const summary = `${check.title}: not asked of the bot ${author.login}, which the policy exempts`;
    return { answer: "not-applicable", summary, findings: [] };
  }
  try {
    const options = facts.policy.checks[check.id]?.options ?? check.options.parse({});
    const result = resultSchema.safeParse(check.run(facts, options));
    return result.success ? (result.data as CheckResult) : defect(check, "it gave a malformed answer");
  } catch (error) {
    return defect(check, error instanceof Error ? error.message : String(error));
  }
}

/** The check did not answer; this stands in for it. */
export function isDefect({ id, result }: CheckOutcome): boolean {
  return result.findings.some((finding) => finding.fingerprint === fingerprint(id, "defect"));
}

function defect(check: Check, detail: string): CheckResult {
  return {
    answer: "cannot-tell",
    summary: `${check.title}: the check itself failed`,
    findings: [
      {
        check: check.id,
        fingerprint: fingerprint(check.id, "defect"),
        title: "The check itself failed",
        evidence: { detail: detail.slice(0, 500) },
        remedy: "This is a defect of ModelSync: please report it, with this text.",
      },
    ],
  };
}
