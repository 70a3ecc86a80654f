const PATTERN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2}))?)?\s*(?:Z|UTC)?$/iu;
/** Instants that the API can write begin in 1970; four digits of the year bound the other end. */
const FIRST_YEAR = 1970;

/** Writes an instant (UTC milliseconds) as the form shows it: `2026-11-23 16:00`, with seconds where it has some. */
export function toUtcText(at: number): string {
  const iso = new Date(at).toISOString();
  const seconds = iso.slice(17, 19);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`;
}

/**
 * Reads a time typed in UTC as RFC 3339: `2026-11-23 16:00`, also with `T`, seconds, `Z` or `UTC`, or a day alone.
 *
 * Returns `null` for anything else, and for days and hours that don't exist.
 */
export function parseUtc(text: string): string | null {
  const parts = PATTERN.exec(text.trim());
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? '0'));
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists =
    at.getUTCFullYear() === year &&
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day &&
    at.getUTCHours() === hour &&
    at.getUTCMinutes() === minute &&
    at.getUTCSeconds() === second;
  return exists && year >= FIRST_YEAR ? at.toISOString().replace('.000Z', 'Z') : null;
}
