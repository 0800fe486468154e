import type { Policy } from "./policy.ts";

/**
 * The keys of checks and waivers that have a value which the file does not say: `checks.data-drift.level`.
 *
 * @param written what the file says, as read from YAML
 */
export function defaultsOf({ checks }: Pick<Policy, "checks">, written: unknown): string[] {
  const keys = [
    ...Object.entries(checks).flatMap(([id, { options, alsoBlock }]) =>
      ["level", ...(alsoBlock === undefined ? [] : ["also_block"]), ...Object.keys(options as object)].map(
        (key) => ["checks", id, key] as const,
      ),
    ),
    ...["by", "never_author", "max_days", "by_tick"].map((key) => ["waivers", key] as const),
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
