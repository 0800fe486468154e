/**
 * Tells rows of one key apart: `<key>#<occurrence>`, counted from 0 in file order, so that repeated rows of two
 * revisions pair up one by one.
 *
 * @example occurrenceKeys(["a", "b", "a"]); // ["a#0", "b#0", "a#1"]
 */
export function occurrenceKeys(keys: readonly string[]): string[] {
  const once = occurringOnce(keys);
  if (once !== null) return once;
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return `${key}#${occurrence}`;
  });
}

/** Keys that ascend occur once each, which is the usual case and needs no table of what was seen; else null. */
function occurringOnce(keys: readonly string[]): string[] | null {
  for (let row = 1; row < keys.length; row++) if (!(keys[row - 1]! < keys[row]!)) return null;
  return keys.map((key) => `${key}#0`);
}
