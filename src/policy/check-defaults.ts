import type { Check, CheckDefaults } from "../verdict/check.ts";
import { type PolicyVersion, policyVersions } from "./policy.ts";

/** What holds of a check in a policy of this version that does not say it. */
export function checkDefaults(
  { defaultLevel, defaultsSince = {} }: Pick<Check, "defaultLevel" | "defaultsSince">,
  version: PolicyVersion,
): CheckDefaults {
  const changes = policyVersions.filter((since) => since <= version).map((since) => defaultsSince[since] ?? {});
  return Object.assign({ level: defaultLevel, alsoBlock: [] }, ...changes) as CheckDefaults;
}

/**
 * One of the defaults in words: `warn`, or what it is in which version where versions differ.
 *
 * @example defaultInWords(linkedIssue, ({ level }) => level); // "warn in version 1, block in version 2"
 */
export function defaultInWords(
  check: Pick<Check, "defaultLevel" | "defaultsSince">,
  of: (defaults: CheckDefaults) => string,
): string {
  const words = policyVersions.map((version) => of(checkDefaults(check, version)));
  return new Set(words).size === 1
    ? words[0]!
    : words.map((word, at) => `${word} in version ${policyVersions[at]}`).join(", ");
}
