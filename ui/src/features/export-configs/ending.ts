import type { ExportConfig } from '$lib/api';
import { parseUtc } from '$lib/utc-text';

/** When a config is to end, or why it can't. */
export type Ending =
  | { validThrough: string; immediate: boolean }
  | { refused: 'unreadable' | 'past' | 'before-windows' | 'not-begun' };

/** Written instead of milliseconds: the API has whole seconds. */
function rfc3339(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}

/**
 * Works out the `valid_through` for ending a config: now, or at a time typed in UTC.
 *
 * The end can't lie before the start nor before the last window that has a batch: those keys are out already.
 */
export function ending(config: ExportConfig, when: 'now' | { typed: string }, now: number): Ending {
  const start = Date.parse(config.fields.valid_from);
  const windows = config.windows_through === null ? start : Date.parse(config.windows_through);
  if (when === 'now') {
    if (now <= start) return { refused: 'not-begun' };
    return { validThrough: rfc3339(Math.max(Math.floor(now / 1000) * 1000, windows)), immediate: true };
  }
  const typed = parseUtc(when.typed);
  if (typed === null) return { refused: 'unreadable' };
  const at = Date.parse(typed);
  if (at < windows || at <= start) return { refused: 'before-windows' };
  if (at <= now) return { refused: 'past' };
  return { validThrough: typed, immediate: false };
}

/** Whether the region typed to confirm is the config's own; case is as on the page. */
export function confirms(typed: string, config: ExportConfig): boolean {
  return typed.trim().toUpperCase() === config.fields.output_region;
}
