/**
 * Text from a pull request, cut when it is long, so that a sentence stays one.
 *
 * @param most characters that are kept, the ellipsis included
 *
 * @example shortenText("unbelievable", 8); // "unbelie…"
 */
export function shortenText(text: string, most = 60): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
