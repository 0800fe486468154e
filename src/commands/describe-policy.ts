import { isDefault } from "../policy/defaults-of.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * The policy in force as sentences with code between backticks: what a value is, and `(default)` where the file does not say it.
 */
export function describePolicy(policy: Policy, baseRef: string): string[] {
  const value = valuesOf(policy);
  const checks = Object.keys(policy.checks).map((id) => `\`${id}\`: ${describeEntry(policy, id).join(", ")}`);
  const models = policy.models.map(({ id, experiment, metrics }) => {
    const gates = Object.entries(metrics).map(
      ([metric, { tolerance, min, max }]) =>
        `\`${metric}\` tolerance ${tolerance}${min === null ? "" : `, at least ${min}`}${max === null ? "" : `, at most ${max}`}`,
    );
    return `Model \`${plain(id)}\` of \`${plain(experiment)}\`: ${gates.join("; ") || "no metric gates it"}`;
  });
  const { by, neverAuthor, maxDays, byTick } = policy.waivers;
  const waivers = [
    value("by", by, "waivers", "by"),
    value("never_author", neverAuthor, "waivers", "never_author"),
    value("max_days", maxDays, "waivers", "max_days"),
    value("by_tick", byTick, "waivers", "by_tick"),
  ];
  return [
    `The policy of \`${plain(baseRef)}\`, version ${policy.version}`,
    ...models,
    ...checks,
    `Waivers: ${waivers.join(", ")}`,
  ];
}

/** What the policy says of a check: level and options, each with whether it is a default. */
export function describeEntry(policy: Policy, id: string): string[] {
  const value = valuesOf(policy);
  const { level, options, waivable = true, alsoBlock } = policy.checks[id]!;
  return [
    value("level", level, "checks", id, "level"),
    ...(alsoBlock === undefined ? [] : [value("also_block", alsoBlock, "checks", id, "also_block")]),
    ...Object.entries(options as Record<string, unknown>).map(([name, option]) =>
      value(name, option, "checks", id, name),
    ),
    ...(waivable ? [] : [value("waivable", false, "checks", id, "waivable")]),
  ];
}

function valuesOf(policy: Policy) {
  return (name: string, value: unknown, ...path: string[]) =>
    `${name} \`${plain(JSON.stringify(value))}\`${isDefault(policy, ...path) ? " (default)" : ""}`;
}

function plain(text: string): string {
  return text.replaceAll("`", "'");
}
