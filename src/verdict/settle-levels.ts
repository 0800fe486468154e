import type { Policy } from "../policy/policy.ts";
import type { Check } from "./check.ts";
import type { CheckOutcome } from "./verdict.ts";

/**
 * The outcomes at the level at which they count, after waivers. A check that only warns blocks when it found, of the kinds
 * that the policy lists under `also_block`, one that no waiver lifts. It also blocks when it can't tell, because nobody
 * knows then whether one of them is there. A check that blocks only warns where the base has all that it found already.
 */
export function settleLevels(
  outcomes: CheckOutcome[],
  { checks: entries }: Pick<Policy, "checks">,
  checks: ReadonlyMap<string, Pick<Check, "kinds">>,
): CheckOutcome[] {
  return outcomes.map((outcome) => {
    const { answer, findings } = outcome.result;
    if (answer === "fail" && findings.length > 0 && findings.every(({ inherited }) => inherited))
      return { ...outcome, level: "warn" };
    const kinds = entries[outcome.id]?.alsoBlock ?? [];
    const kindOf = checks.get(outcome.id)?.kinds?.of;
    if (kinds.length === 0 || (answer !== "fail" && answer !== "cannot-tell")) return outcome;
    const blocks = findings.some((finding) => finding.unclear === true || kinds.includes(kindOf?.(finding) ?? ""));
    return answer === "cannot-tell" || blocks ? { ...outcome, level: "block" } : outcome;
  });
}
