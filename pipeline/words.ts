const longestQuote = 40;
const quotedTexts = 3;

/**
 * A count in a sentence, with thousands separated: `8,140`. Only for what people read: data and digests keep plain
 * numbers. The minus is the real one, as a hyphen is easily read as a dash.
 *
 * @param value rounded to a whole number
 */
export function formatCount(value: number): string {
  return groupThousands(String(Math.round(value))).replace("-", "−");
}

/** Separates the thousands of a number written with digits, whatever follows its point: `12345.678` → `12,345.678`. */
export function groupThousands(digits: string): string {
  const [whole = "", ...fraction] = digits.split(".");
  return [whole.replace(/\d(?=(?:\d{3})+$)/g, "$&,"), ...fraction].join(".");
}

/** A share for a reader: whole percents, one decimal near both ends, and never 0 or 100 for what is not. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  if (share < 0.001) return "<0.1 %";
  if (share > 0.999) return ">99.9 %";
  return `${share < 0.0995 || share > 0.9905 ? Number((share * 100).toFixed(1)) : Math.round(share * 100)} %`;
}

/** A number for a reader by its first digits: `1234.56` → `1235`. */
export function shortNumber(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}

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

/** Text from the data as a reader sees it: in quotes, cut when long. */
export function quoteText(text: string, longest: number = longestQuote): string {
  return `"${shortenText(text, longest)}"`;
}

/** The first few of several texts: `"a", "b", "c" and 2 more`. */
export function quoteSome(
  texts: readonly string[],
  most: number = quotedTexts,
  longest: number = longestQuote,
): string {
  const quoted = texts.slice(0, most).map((text) => quoteText(text, longest));
  return `${quoted.join(", ")}${texts.length > most ? ` and ${formatCount(texts.length - most)} more` : ""}`;
}

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
