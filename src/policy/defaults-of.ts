import type { Policy } from "./policy.ts";

/**
 * The keys that have a value which the file does not say: `checks.data-drift.level`, `models.0.metrics.recall.tolerance`.
 *
 * @param written what the file says, as read from YAML
 */
export function defaultsOf({ checks, models }: Pick<Policy, "checks" | "models">, written: unknown): string[] {
  const keys: (readonly string[])[] = [
    ...models.flatMap(({ metrics }, at) => [
      ...["slices", "level"].map((key) => ["models", String(at), key]),
      ...["exclude", "share", "level", "minimum_rows"].map((key) => ["models", String(at), "drift", key]),
      ...["numeric", "categorical"].map((key) => ["models", String(at), "drift", "thresholds", key]),
      ...Object.keys(metrics).flatMap((id) =>
        ["tolerance", "min", "max"].map((key) => ["models", String(at), "metrics", id, key]),
      ),
    ]),
    ...Object.entries(checks).flatMap(([id, { options, alsoBlock }]) =>
      ["level", ...(alsoBlock === undefined ? [] : ["also_block"]), ...Object.keys(options as object)].map(
        (key) => ["checks", id, key] as const,
      ),
    ),
    ...["by", "never_author", "max_days", "by_tick"].map((key) => ["waivers", key] as const),
    ["exempt", "bots"],
    ["issues", "repositories"],
  ];
  return keys.filter((path) => path.reduce<unknown>(inside, written) === undefined).map((path) => path.join("."));
}

/** Whether the file does not say this value, as far as that is known. */
export function isDefault({ defaults = [] }: Pick<Policy, "defaults">, ...path: string[]): boolean {
  return defaults.includes(path.join("."));
}

function inside(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
