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
