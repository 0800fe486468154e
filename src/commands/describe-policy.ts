import { isDefault } from "../policy/defaults-of.ts";
import type { ModelPolicy, Policy } from "../policy/policy.ts";

/**
 * The policy in force as sentences with code between backticks: what a value is, and `(default)` where the file does not say it.
 */
export function describePolicy(policy: Policy, baseRef: string): string[] {
  const value = valuesOf(policy);
  const checks = Object.keys(policy.checks).map((id) => `\`${id}\`: ${describeEntry(policy, id).join(", ")}`);
  const models = policy.models.map((model, at) => {
    const said = describeModel(model, (name, shown, ...path) => value(name, shown, "models", String(at), ...path));
    return `Model \`${plain(model.id)}\` of \`${plain(model.experiment)}\`: ${said.join(", ")}`;
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
    `Others: ${value("exempt.bots", policy.exempt.bots, "exempt", "bots")}, ${value("issues.repositories", policy.issues.repositories, "issues", "repositories")}`,
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

function describeModel(
  { metrics, slices, drift, level, holdoutReuseWarning }: ModelPolicy,
  value: (name: string, shown: unknown, ...path: string[]) => string,
): string[] {
  const { exclude, share, level: driftLevel, minimumRows, thresholds, current, reference } = drift;
  const gates = Object.entries(metrics).flatMap(([id, { tolerance, min, max }]) => [
    value(`${id}.tolerance`, tolerance, "metrics", id, "tolerance"),
    ...(min === null ? [] : [value(`${id}.min`, min, "metrics", id, "min")]),
    ...(max === null ? [] : [value(`${id}.max`, max, "metrics", id, "max")]),
  ]);
  return [
    ...(gates.length === 0 ? ["no metric gates it"] : gates),
    value("slices", slices, "slices"),
    value("level", level, "level"),
    value("drift.exclude", exclude, "drift", "exclude"),
    value("drift.share", share, "drift", "share"),
    value("drift.level", driftLevel, "drift", "level"),
    value("drift.minimum_rows", minimumRows, "drift", "minimum_rows"),
    value("drift.thresholds.numeric", thresholds.numeric, "drift", "thresholds", "numeric"),
    value("drift.thresholds.categorical", thresholds.categorical, "drift", "thresholds", "categorical"),
    ...(current === undefined ? [] : [value("drift.current", current, "drift", "current")]),
    ...(reference === undefined ? [] : [value("drift.reference", reference, "drift", "reference")]),
    ...(holdoutReuseWarning === undefined
      ? []
      : [value("holdout_reuse_warning", holdoutReuseWarning, "holdout_reuse_warning")]),
  ];
}

function valuesOf(policy: Policy) {
  return (name: string, value: unknown, ...path: string[]) =>
    `${name} \`${plain(JSON.stringify(value))}\`${isDefault(policy, ...path) ? " (default)" : ""}`;
}

function plain(text: string): string {
  return text.replaceAll("`", "'");
}
