/** The last day of a study plan as people write it: a date, or a span from today such as `6 weeks`. */

const DAY = 86_400_000;

/** Days since 1970, from a date or a span counted from `today` (also days since 1970); undefined where `text` is neither. */
export function readPlanDay(text: string, today: number): number | undefined {
  const written = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/u.test(written)) {
    const at = Date.parse(written);
    // 2027-02-30 is read as a day of March by some engines.
    const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(written);
    return isDay ? at / DAY : undefined;
  }
  const span = /^(\d{1,4})\s*(days?|weeks?|months?)$/u.exec(written);
  if (span === null) return undefined;
  const count = Number(span[1]);
  if (span[2].startsWith("day")) return today + count;
  return span[2].startsWith("week") ? today + 7 * count : addMonths(today, count);
}

/** The same day of a later month, or that month's last day where it has no such day. */
function addMonths(today: number, count: number): number {
  const from = new Date(today * DAY);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + count];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) / DAY;
}
