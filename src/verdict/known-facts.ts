import type { Known } from "../facts/facts.ts";
import type { CheckResult } from "./check.ts";
import { newFinding } from "./new-finding.ts";

/**
 * The result of a check whose fact is out of reach: not-applicable where this door has no GitHub, else cannot-tell.
 *
 * @param what the fact in words, for example "the linked issues"
 */
export function withoutFact(check: string, what: string, fact: Extract<Known<unknown>, { known: false }>): CheckResult {
  if (fact.why === "needs-github") {
    return { answer: "not-applicable", summary: `${what}: only known on GitHub`, findings: [] };
  }
  return {
    answer: "cannot-tell",
    summary: `${what} could not be read`,
    findings: [
      newFinding(check, "fact-unreadable", {
        title: `${capitalise(what)} could not be read from GitHub`,
        evidence: { detail: fact.detail.slice(0, 300) },
        remedy: "Re-run the check. If it stays, look at the permissions of the App's installation.",
      }),
    ],
  };
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
