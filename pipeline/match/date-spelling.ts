/** How dates are written, and the moments that texts mean in that form, in milliseconds since 1970. */
export interface DateReading {
  /** For a reader: `DD/MM/YYYY`, `YYYY-MM-DD hh:mm`. */
  form: string;
  moments: ReadonlySet<number>;
}

/**
 * The forms in which every text is a date: year first, day first or month first, with `-`, `/`, `.` or nothing between
 * the parts, with or without a time of the day. Texts that do not say which part is the day have two readings.
 *
 * @example readDates(["17/02/2015", "3/03/2015"]); // one reading, its form is DD/MM/YYYY
 */
export function readDates(texts: readonly string[]): DateReading[] {
  if (texts.length === 0) return [];
  const parsed = texts.map((text) => pattern.exec(text)?.groups ?? compact.exec(text)?.groups ?? null);
  const first = parsed[0];
  if (!first || parsed.some((parts) => !parts || styleOf(parts) !== styleOf(first))) return [];
  return orders.flatMap(({ name, places }): DateReading[] => {
    const moments = new Set<number>();
    for (const parts of parsed) {
      const moment = momentOf(parts!, places);
      if (moment === null) return [];
      moments.add(moment);
    }
    return [{ form: formOf(name, first), moments }];
  });
}

type Parts = Record<string, string | undefined>;

const time = "(?:(?<between>[T ])(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d))?(?<zone>Z?))?$";
const pattern = new RegExp(`^(?<a>\\d{1,4})(?<separator>[-/.])(?<b>\\d{1,2})\\k<separator>(?<c>\\d{1,4})${time}`);
const compact = new RegExp(`^(?<a>\\d{4})(?<b>\\d\\d)(?<c>\\d\\d)${time}`);

/** Where year, month and day stand. */
const orders = [
  { name: ["YYYY", "MM", "DD"], places: ["a", "b", "c"] },
  { name: ["DD", "MM", "YYYY"], places: ["c", "b", "a"] },
  { name: ["MM", "DD", "YYYY"], places: ["c", "a", "b"] },
] as const;

function styleOf(parts: Parts): string {
  return formOf(["a", "b", "c"], parts);
}

function formOf(name: readonly string[], { separator = "", between, second, zone }: Parts): string {
  const clock = between === undefined ? "" : `${between}hh:mm${second === undefined ? "" : ":ss"}${zone}`;
  return `${name.join(separator)}${clock}`;
}

function momentOf(parts: Parts, places: readonly string[]): number | null {
  const [year, month, day] = places.map((place) => parts[place]!) as [string, string, string];
  if (year.length !== 4 || month.length > 2 || day.length > 2) return null;
  const moment = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(parts.hour ?? 0),
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
  );
  const read = new Date(moment);
  return read.getUTCMonth() === Number(month) - 1 && read.getUTCDate() === Number(day) ? moment : null;
}
