/** From one moment to another, both included, as `Date` writes them; null: without end. */
export interface Period {
  since: string | null;
  until: string | null;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The moment that a person wrote: a day of UTC, of which the whole day is meant, or a time with its offset. Null: it is neither.
 *
 * @example parseMoment("2026-02-01", "since"); // "2026-02-01T00:00:00.000Z"
 * @example parseMoment("2026-02-01", "until"); // "2026-02-01T23:59:59.999Z"
 */
export function parseMoment(written: string, which: keyof Period): string | null {
  if (!day.test(written) && !moment.test(written)) return null;
  const date = written.slice(0, 10);
  const midnight = new Date(`${date}T00:00:00.000Z`);
  // A day that does not exist would become another one.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== date) return null;
  if (day.test(written)) return which === "since" ? midnight.toISOString() : `${date}T23:59:59.999Z`;
  const time = new Date(written);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

export function isWithin(time: string, { since, until }: Period): boolean {
  return (since === null || time >= since) && (until === null || time <= until);
}
