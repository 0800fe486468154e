import { formatCount } from "./format-count.ts";
import { shortenText } from "./shorten-text.ts";

/**
 * The first names of a list, each shortened, and how many there are in all when some are left out.
 *
 * @example listNames(["a", "b", "c"], 2); // "a, b, … (3)"
 */
export function listNames(names: readonly string[], most = 20): string {
  // Not the names themselves as arguments of `map`: their position would be taken for a length.
  const shown = names.slice(0, most).map((name) => shortenText(name));
  return shown.join(", ") + (names.length > most ? `, … (${formatCount(names.length)})` : "");
}
