/** Plain data: what survives JSON as it is. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * JSON in the one form that is hashed, that of RFC 8785: no white space, keys in the order of their UTF-16 code units, numbers
 * and strings as ECMAScript writes them. Equal data has equal bytes.
 *
 * @throws for a number that JSON can't hold, which would otherwise become `null`
 * @example canonicalJson({ b: [1, "é"], a: null }); // '{"a":null,"b":[1,"é"]}'
 */
export function canonicalJson(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`JSON holds no ${value}.`);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}
