import type { SeenFinding } from "../commands/conversation.ts";
import type { Facts } from "../facts/facts.ts";
import { filesOf } from "../facts/files-of.ts";
import { cleanText } from "../report/escape-markdown.ts";
import type { Check } from "../verdict/check.ts";
import type { Finding } from "../verdict/finding.ts";
import { isWaivable } from "../verdict/is-waivable.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { acceptFinding } from "../verdict/waiver.ts";

/** What of a verdict can be waived, with what a waiver would keep; lifted ones too. */
export function toSeenFindings(verdict: Verdict, checks: ReadonlyMap<string, Check>, facts: Facts): SeenFinding[] {
  return verdict.outcomes.flatMap(({ id, result, waived = [] }) => {
    const open = result.findings.filter((finding) => isWaivable(finding, result.answer));
    const lifted = waived.filter(({ state }) => state === "holds").map(({ finding }) => finding);
    return [...open, ...lifted].map((finding) => {
      const accepted = acceptFinding(finding, checks.get(id)?.badness);
      const paths = filesOf(finding, checks.get(id)?.group, facts);
      return {
        ...{ check: id, ...accepted, title: cleanText(finding.title), remedy: cleanText(finding.remedy) },
        ...numbersOf(finding),
        ...(paths.length > 0 ? { paths } : {}),
      };
    });
  });
}

function numbersOf({ evidence }: Finding): Pick<SeenFinding, "numbers"> {
  const numbers = Object.entries(evidence).flatMap(([name, value]) =>
    typeof value === "number" && Number.isFinite(value) ? [[name, value] as const] : [],
  );
  return numbers.length > 0 ? { numbers: Object.fromEntries(numbers) } : {};
}
