/** What the overview says at a glance, worked out from the daemon's status. */
import type { Tone } from '$components/types';
import type { ConfigStatus, Status } from '$lib/api';
import { utcClock, utcDay } from '$lib/format';
import { t } from '$lib/i18n';

/** Files a phone imports in 24 hours at most (EXPORT-FORMAT, devices). */
export const IOS_LIMIT = 15;
export const ANDROID_LIMIT = 20;
/** How many files a day stand against those limits. */
export type FilesStanding = 'fits' | 'over-ios' | 'over-all';

/** Says which phones take that many files in 24 hours. */
export function filesStanding(files: number): FilesStanding {
  if (files > ANDROID_LIMIT) return 'over-all';
  return files > IOS_LIMIT ? 'over-ios' : 'fits';
}

/** A window this long past its due time counts as late: a tick and its retries fit in well before. */
const LATE_AFTER_MS = 30 * 60_000;

export interface Health {
  word: string;
  tone: Tone;
}

/**
 * The daemon's health in a word: as bad as the worst thing that needs a person, clocks that differ among them. Out of
 * reach nobody knows it.
 */
export function health(status: Status, lost = false, clocksDiffer = false): Health {
  if (lost) return { word: t.overview.unknown, tone: 'bad' };
  const severities = status.attention.map((one) => one.severity);
  if (severities.includes('bad')) return { word: t.overview.failing, tone: 'bad' };
  if (severities.includes('warn') || clocksDiffer) return { word: t.overview.needsLook, tone: 'warn' };
  return { word: t.overview.healthy, tone: 'good' };
}

/** Whether windows of the config come by themselves. */
export function runs({ state }: ConfigStatus): boolean {
  return state === 'active' || state === 'scheduled';
}

/** The active config whose window is due next; late ones are not "next", they need a person. */
export function nextDue(configs: readonly ConfigStatus[], now: number): ConfigStatus | undefined {
  return configs
    .filter(runs)
    .filter((config) => config.next_due_at !== null && Date.parse(config.next_due_at) + LATE_AFTER_MS > now)
    .sort((a, b) => Date.parse(a.next_due_at ?? '') - Date.parse(b.next_due_at ?? ''))[0];
}

/** The config with the most files in the last 24 hours: a phone follows one region, so the limits hold for each. */
export function busiest(configs: readonly ConfigStatus[]): ConfigStatus | undefined {
  return configs
    .filter((config) => config.files_last_24_hours > 0)
    .sort((a, b) => b.files_last_24_hours - a.files_last_24_hours)[0];
}

/** How a config stands, as a state with its word. */
export function configStanding(config: ConfigStatus, now: number): { tone: Tone; word: string } {
  if (config.state !== 'active') return { tone: 'idle', word: t.overview.configState[config.state] };
  if (config.next_due_at !== null && Date.parse(config.next_due_at) + LATE_AFTER_MS <= now) {
    return { tone: 'bad', word: t.overview.configState.late(utcClock(config.next_due_at)) };
  }
  if (config.last_window_end === null) return { tone: 'wait', word: t.overview.configState.active };
  return { tone: 'good', word: t.overview.configState.onTime };
}

/** A time near now, without its day: `16:00 UTC`; further away with it: `22 Nov, 16:00 UTC`. */
export function shortTime(time: string, now: number): string {
  const clock = `${utcClock(time)} ${t.common.utc}`;
  return Math.abs(now - Date.parse(time)) < 20 * 3_600_000 ? clock : `${utcDay(time)}, ${clock}`;
}
