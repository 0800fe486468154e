import type { z } from "zod";

/** A mistake in what was removed can only show what was hidden by it; a few rounds reach the depth of our files. */
const maxRounds = 8;

/**
 * What is left of a value without the keys that a schema refuses, defaults filled in, so that a mistake in one place hides none in
 * another. Null where nothing is left, or where a mistake is below a key of `whole`.
 */
export function readablePart<Parsed>(
  schema: z.ZodType<Parsed>,
  value: unknown,
  whole: readonly PropertyKey[] = [],
): Parsed | null {
  let part = value;
  for (let round = 0; round < maxRounds; round++) {
    const parsed = schema.safeParse(part);
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.flatMap(placesOf);
    if (places.some(([key]) => key === undefined || whole.includes(key))) return null;
    part = without(part, places);
  }
  return null;
}

function placesOf(issue: z.core.$ZodIssue): PropertyKey[][] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** A copy without the values at these places; where one is not there, without what should have held it. */
function without(value: unknown, places: readonly PropertyKey[][]): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const below = new Map<string, PropertyKey[][]>();
  for (const [key, ...rest] of places) {
    if (key === undefined || !Object.hasOwn(value, key)) return undefined;
    below.set(String(key), [...(below.get(String(key)) ?? []), rest]);
  }
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const rest = below.get(key);
    const left = rest === undefined ? item : rest.some(({ length }) => length === 0) ? undefined : without(item, rest);
    return left === undefined ? [] : [[key, left] as const];
  });
  return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept);
}
