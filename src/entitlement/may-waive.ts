import type { WaiverRules } from "../policy/policy.ts";
import { isAtLeast, type Person, type Role } from "./role.ts";

const leastRoles: Record<WaiverRules["by"][number], Role> = { maintainers: "maintain", writers: "write" };

/** Whether the policy lets somebody with this role waive. Says nothing of whose pull request it is. */
export function isNamed({ by }: WaiverRules, { role }: Pick<Person, "role">): boolean {
  return by.some((group) => isAtLeast(role, leastRoles[group]));
}

/** Why somebody may not waive what a check found, as sentences with code between backticks; null: they may. */
export function whyNotWaive(rules: WaiverRules, person: Person): string | null {
  const who = rules.by.includes("writers")
    ? "somebody who may write to this repository"
    : "a maintainer of this repository (role maintain or admin)";
  if (!isNamed(rules, person)) return `Only ${who} may waive. Ask one of them to write the same.`;
  if (person.isAuthor && rules.neverAuthor) {
    return `Nobody waives on a pull request of their own. Ask ${who} who did not open it to write the same.`;
  }
  return null;
}
