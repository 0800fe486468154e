/**
 * Reads a date or a point in time in ISO 8601 (`2024-03-01`, `2024-03`, `2024-03-01T12:30:00Z`, a space in place of the
 * `T`, any number of decimals, an offset such as `+02:00` or `+02`) as milliseconds since 1970. Nothing is guessed: text
 * of another form, and a day that its month does not have, is null. A time without an offset counts as UTC.
 *
 * @example parseTime("2024-03-01 00:00+01"); // 1709247600000
 */
export function parseTime(text: string): number | null {
  const found = form.exec(text);
  if (found === null) return null;
  const part = (name: string) => Number(found.groups?.[name] ?? 0);
  const year = part("year");
  const month = part("month");
  const day = found.groups?.day === undefined ? 1 : part("day");
  const [hour, minute, second] = [part("hour"), part("minute"), part("second")];
  const [offsetHour, offsetMinute] = [part("offsetHour"), part("offsetMinute")];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return null;
  const date = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  const east = found.groups?.sign === "-" ? -1 : 1;
  const minutes = 60 * hour + minute - east * (60 * offsetHour + offsetMinute);
  return date.getTime() + 60_000 * minutes + 1000 * second + 1000 * part("fraction");
}

const form =
  /^(?<year>\d{4})-(?<month>\d\d)(?:-(?<day>\d\d)(?:[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>[.]\d{1,9})?)?(?:[Zz]|(?<sign>[+-])(?<offsetHour>\d\d)(?::?(?<offsetMinute>\d\d))?)?)?)?$/;

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
