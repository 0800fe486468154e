import type { Facts } from "../facts/facts.ts";
import { isDefault } from "../policy/defaults-of.ts";
import { newestVersion } from "../policy/policy.ts";
import { renderTemplate } from "./templates.ts";

/** Which levels the policy leaves to its version, for a reader who wonders why a check blocks or does not; null: none. */
export function defaultLevels({ policy }: Pick<Facts, "policy">): string | null {
  const { version, checks } = policy;
  const left = Object.entries(checks).flatMap(([id, { level, alsoBlock = [] }]) => [
    ...(isDefault(policy, "checks", id, "level") ? [{ level, name: id }] : []),
    ...(isDefault(policy, "checks", id, "also_block")
      ? alsoBlock.map((kind) => ({ level: "block", name: `${kind} of ${id}` }))
      : []),
  ]);
  const parts = (["block", "warn", "off"] as const)
    .map((level) => ({ level, names: left.filter((one) => one.level === level).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0);
  if (parts.length === 0) return null;
  return renderTemplate("comment/default-levels", { version, parts, old: version < newestVersion });
}
