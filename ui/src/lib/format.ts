/**
 * Numbers, sizes, times and digests as people read them, by the table of the language in use. No `Intl`: it throws
 * where the locale is "C", and formats by the machine's region where the texts go by language.
 */
import { t } from './i18n';

/** `18204` → `18,204`, in German `18.204`. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, t.format.thousands);
}

/** Bytes in steps of 1000: `950 B`, `22 kB`, `1.4 MB`, in German `1,4 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  for (const unit of ['B', 'kB', 'MB', 'GB', 'TB', 'PB']) {
    if (value < 999.5 || unit === 'PB') {
      const digits = unit === 'B' || value >= 9.95 ? 0 : 1;
      return `${value.toFixed(digits).replace('.', t.format.decimal)} ${unit}`;
    }
    value /= 1_000;
  }
  return `${bytes} B`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `20:00`, in UTC. */
export function utcClock(time: string): string {
  const date = new Date(time);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `23 Nov`, in German `23.11.`; in UTC. */
export function utcDay(time: string): string {
  const date = new Date(time);
  return t.format.day(date.getUTCDate(), date.getUTCMonth());
}

/** `23 Nov 2026`, in German `23.11.2026`; in UTC. */
export function utcDate(time: string): string {
  const date = new Date(time);
  return t.format.date(date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear());
}

/** `23 Nov 2026, 20:00 UTC`. */
export function utcFull(time: string): string {
  return `${utcDate(time)}, ${utcClock(time)} UTC`;
}

/** The local time beside a UTC one: `21:00 here`, with the day where it is another: `24 Nov, 01:00 here`. */
export function localBeside(time: string): string {
  const date = new Date(time);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const sameDay = date.getDate() === date.getUTCDate();
  return t.format.here(sameDay ? clock : `${t.format.day(date.getDate(), date.getMonth())}, ${clock}`);
}

/**
 * A window: `23 Nov 12:00 – 16:00`, up to midnight `22 Nov 18:00 – 24:00`; with the second day where it goes on
 * into another: `22 Nov 18:00 – 23 Nov 02:00`.
 */
export function utcWindow(start: string, end: string): string {
  const from = `${utcDay(start)} ${utcClock(start)}`;
  if (utcDay(start) === utcDay(end)) return `${from} – ${utcClock(end)}`;
  const lastInstant = new Date(Date.parse(end) - 1).toISOString();
  if (utcClock(end) === '00:00' && utcDay(lastInstant) === utcDay(start)) return `${from} – 24:00`;
  return `${from} – ${utcDay(end)} ${utcClock(end)}`;
}

/**
 * A length of time, rounded down to its two largest units: `1 h 12 min`, `2 d 4 h`, `40 s`. Never negative. The units'
 * symbols are those of the SI, the same in every language.
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** A period: `every 4 h`, `every 30 min`. */
export function formatPeriod(minutes: number): string {
  return t.format.every(formatDuration(minutes * 60_000).replace('1 d', '24 h'));
}

/** Whole days from `from` to `time`, rounded down; negative once it has passed. */
export function daysUntil(time: string, from: number): number {
  return Math.floor((new Date(time).getTime() - from) / 86_400_000);
}

/** A digest in pairs that can be read aloud: `9f2c41…` → `9F:2C 41:D8 …`, as groups of two bytes. */
export function fingerprintGroups(hex: string): string[] {
  return (hex.toUpperCase().match(/.{1,4}/g) ?? []).map((four) => four.replace(/(..)(..)/, '$1:$2'));
}

/** A text with a full stop at its end, unless it ends a sentence already. */
export function asSentence(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A text of the daemon's with each RFC 3339 time in it as the pages write times. */
export function withReadableTimes(text: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g, utcFull);
}
