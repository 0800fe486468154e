/**
 * Tells rows of one name apart: `<name>#<occurrence>`, counted from 0 in the order given, so that repeated rows of two
 * revisions pair up one by one.
 *
 * @example occurrenceKeys(["a", "b", "a"]); // ["a#0", "b#0", "a#1"]
 */
export function occurrenceKeys(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const occurrence = seen.get(name) ?? 0;
    seen.set(name, occurrence + 1);
    return `${name}#${occurrence}`;
  });
}
