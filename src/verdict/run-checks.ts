import type { Facts } from "../facts/facts.ts";
import { type Check, type CheckResult, checkResultSchema, groupSchema } from "./check.ts";
import { isExemptBot } from "./exempt-bot.ts";
import { fingerprint } from "./fingerprint.ts";
import { newFinding } from "./new-finding.ts";
import type { CheckOutcome } from "./verdict.ts";

const groups = groupSchema.options;

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
    const result = checkResultSchema.safeParse(check.run(facts, options));
    return result.success ? withFinding(check, result.data) : defect(check, "it gave a malformed answer");
  } catch (error) {
    return defect(check, error instanceof Error ? error.message : String(error));
  }
}

/**
 * A failure that names nothing could be neither explained nor accepted by a waiver, which is bound to a finding: then the check as a
 * whole is what was found.
 */
function withFinding(check: Check, result: CheckResult): CheckResult {
  if (result.answer !== "fail" || result.findings.some(({ unclear }) => unclear !== true)) return result;
  const whole = newFinding(check.id, "failed", {
    title: `${check.title} failed`,
    evidence: { detail: result.summary.slice(0, 500) },
    remedy: check.docs.fails,
  });
  return { ...result, findings: [whole, ...result.findings] };
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
