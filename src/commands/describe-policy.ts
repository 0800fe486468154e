import { isDefault } from "../policy/defaults-of.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * The policy in force as sentences with code between backticks: what a value is, and `(default)` where the file does not say it.
 */
export function describePolicy(policy: Policy, baseRef: string): string[] {
  const value = (name: string, value: unknown, ...path: string[]) =>
    `${name} \`${plain(JSON.stringify(value))}\`${isDefault(policy, ...path) ? " (default)" : ""}`;
  const checks = Object.entries(policy.checks).map(([id, { level, options, waivable = true, alsoBlock }]) => {
    const named = Object.entries(options as Record<string, unknown>);
    const values = [
      value("level", level, "checks", id, "level"),
      ...(alsoBlock === undefined ? [] : [value("also_block", alsoBlock, "checks", id, "also_block")]),
      ...named.map(([name, option]) => value(name, option, "checks", id, name)),
      ...(waivable ? [] : [value("waivable", false, "checks", id, "waivable")]),
    ];
    return `\`${id}\`: ${values.join(", ")}`;
  });
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

function plain(text: string): string {
  return text.replaceAll("`", "'");
}
