import { formatCount } from "./format-count.ts";
import { shortenText } from "./shorten-text.ts";

const longest = 40;
const shown = 3;

/** Text from the data as a reader sees it: in quotes, cut when long. */
export function quoteText(text: string): string {
  return `"${shortenText(text, longest)}"`;
}

/** The first few of several texts: `"a", "b", "c" and 2 more`. */
export function quoteSome(texts: readonly string[]): string {
  const quoted = texts.slice(0, shown).map(quoteText).join(", ");
  return texts.length > shown ? `${quoted} and ${formatCount(texts.length - shown)} more` : quoted;
}
