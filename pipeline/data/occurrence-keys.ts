/**
 * Tells rows of one key apart: `<key>#<occurrence>`, counted from 0 in file order, so that repeated rows of two
 * revisions pair up one by one.
 *
 * @example occurrenceKeys(["a", "b", "a"]); // ["a#0", "b#0", "a#1"]
 */
export function occurrenceKeys(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return `${key}#${occurrence}`;
  });
}
