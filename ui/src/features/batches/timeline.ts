/**
 * Where batches are drawn on a strip of time that goes back to the first of them. Only a stretch of it is drawn at
 * once; what is told here depends on that stretch alone, so that scrolling moves nothing.
 */
import type { Batch, ConfigDays, ConfigStatus } from '$lib/api';
import type { Tone } from '$components/types';
import { DAY, type Chunk } from './calendar';
import { meaning, toneOf } from './state';

const HOUR = 3_600_000;

/** How wide time is drawn: each batch by itself, or each day as one cell. */
export type Scale = 'hours' | 'days';

/** Pixels an hour. */
const WIDTH: Record<Scale, number> = { hours: 24, days: 1.5 };
/** Hours shown after the present, so that the windows that come next have room. */
const AHEAD: Record<Scale, number> = { hours: 8, days: 24 };
/** Hours between ticks. */
const TICK: Record<Scale, number> = { hours: 6, days: 168 };
/** A Monday, 00:00 UTC: where a week begins. */
const A_MONDAY = Date.parse('2024-01-01T00:00:00Z');
/** A window narrower than this is drawn together with its neighbours: it could hardly be hit (WCAG 2.2, 2.5.8). */
const NARROW = 24;
/** A gap between neighbours, in pixels. */
const GAP = 1;

/** The whole strip, in UTC milliseconds and pixels. */
export interface Strip {
  scale: Scale;
  from: number;
  through: number;
  width: number;
}

/** Something on a config's line; `left` and `width` in pixels. */
export interface Segment {
  left: number;
  width: number;
  start: number;
  end: number;
  /** `next` is the window that has no batch yet. */
  tone: Tone | 'next';
  /** Set where one batch is drawn by itself. */
  batch: Batch | null;
  /** How many batches it stands for; none for a window that comes next. */
  batches: number;
  /** How many of them failed. */
  failed: number;
}

/** One config's line. */
export interface Lane {
  configId: string;
  region: string;
  segments: Segment[];
}

/** A stretch of time, UTC milliseconds. */
export interface Stretch {
  from: number;
  until: number;
}

/** The strip from the day of the oldest batch until a little after now; at least the last two days. */
export function strip(days: readonly ConfigDays[], now: number, scale: Scale): Strip {
  const oldest = days.flatMap((config) => config.days.slice(-1)).map(({ day }) => Date.parse(day));
  const from = Math.floor(Math.min(now - 2 * DAY, ...oldest) / DAY) * DAY;
  const through = Math.ceil(now / HOUR) * HOUR + AHEAD[scale] * HOUR;
  return { scale, from, through, width: Math.ceil(((through - from) / HOUR) * WIDTH[scale]) };
}

/** Where an instant is on the strip, in pixels. */
export function leftOf({ from, scale }: Strip, at: number): number {
  return ((at - from) / HOUR) * WIDTH[scale];
}

/** Which instant is at so many pixels. */
export function timeAt({ from, scale }: Strip, left: number): number {
  return from + (left / WIDTH[scale]) * HOUR;
}

/** The lines of the configs that ever had a batch or are running, by region. */
function emptyLanes(days: readonly ConfigDays[], configs: readonly ConfigStatus[]): Lane[] {
  const lanes = new Map<string, Lane>();
  // A config that has yet to begin has no line: there is nothing to see on it for days.
  for (const { config_id, output_region } of [
    ...days,
    ...configs.filter((one) => one.state !== 'scheduled'),
  ]) {
    lanes.set(config_id, { configId: config_id, region: output_region, segments: [] });
  }
  return [...lanes.values()].sort(
    (a, b) => a.region.localeCompare(b.region, 'en') || a.configId.localeCompare(b.configId, 'en'),
  );
}

/** Lines with each batch of a stretch where its window was; of a regenerated window, the newest generation. */
export function hourLanes(
  on: Strip,
  { from, until }: Stretch,
  days: readonly ConfigDays[],
  batches: readonly Batch[],
  configs: readonly ConfigStatus[],
): Lane[] {
  const lanes = emptyLanes(days, configs);
  const byConfig = new Map(lanes.map((lane) => [lane.configId, lane]));
  for (const batch of newestGenerations(batches)) {
    const [start, end] = [Date.parse(batch.window_start), Date.parse(batch.window_end)];
    if (end <= from || start >= until) continue;
    const failed = batch.state === 'failed' ? 1 : 0;
    byConfig
      .get(batch.config_id)
      ?.segments.push({ ...place(on, start, end), tone: toneOf(meaning(batch)), batch, batches: 1, failed });
  }
  for (const lane of lanes) lane.segments = joined(lane.segments.sort((a, b) => a.start - b.start));
  for (const config of configs) addNext(on, config, byConfig.get(config.config_id), batches);
  return lanes;
}

/** Lines with one cell for each day of a stretch, by what the daemon counts. */
export function dayLanes(on: Strip, { from, until }: Stretch, days: readonly ConfigDays[]): Lane[] {
  const lanes = emptyLanes(days, []);
  for (const lane of lanes) {
    for (const { day, states } of days.find((config) => config.config_id === lane.configId)?.days ?? []) {
      const start = Date.parse(day);
      if (start + DAY <= from || start >= until) continue;
      const batches = states.reduce((sum, count) => sum + count.batches, 0);
      const failed = states.find(({ state }) => state === 'failed')?.batches ?? 0;
      const tone = worst(states.map(({ state }) => STATE_TONES[state]));
      lane.segments.push({ ...place(on, start, start + DAY), tone, batch: null, batches, failed });
    }
    lane.segments.reverse();
  }
  return lanes;
}

/** The days of a stretch whose batches are still to come, config by config. */
export function pending(on: Strip, days: readonly ConfigDays[], unread: readonly Chunk[]) {
  return new Map(
    days.map(({ config_id, days: own }) => [
      config_id,
      own
        .map(({ day }) => Date.parse(day))
        .filter((day) => unread.some((chunk) => chunk.from <= day && day < chunk.until))
        .map((day) => ({ day, ...place(on, day, day + DAY) })),
    ]),
  );
}

/** The ticks of a stretch: every six hours, or Mondays. */
export function ticks(on: Strip, { from, until }: Stretch): { at: number; left: number }[] {
  const step = TICK[on.scale] * HOUR;
  const first = A_MONDAY + Math.ceil((Math.max(from, on.from) - A_MONDAY) / step) * step;
  const count = Math.max(0, Math.floor((Math.min(until, on.through) - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step).map((at) => ({
    at,
    left: leftOf(on, at),
  }));
}

/** Without its files, a complete batch counts as published. */
const STATE_TONES: Record<Batch['state'], Tone> = {
  failed: 'bad',
  open: 'wait',
  leased: 'wait',
  'awaiting-signature': 'wait',
  complete: 'good',
  expired: 'idle',
  superseded: 'idle',
};

/** The tones, the one that asks most first: of several batches drawn as one, it shows. */
const BY_URGENCY: readonly Tone[] = ['bad', 'warn', 'wait', 'good', 'idle'];

function worst(tones: readonly (Tone | 'next')[]): Tone {
  return BY_URGENCY.find((tone) => tones.includes(tone)) ?? 'idle';
}

function place(on: Strip, start: number, end: number) {
  const left = leftOf(on, start);
  return { left, width: Math.max(GAP, leftOf(on, end) - left - GAP), start, end };
}

/** Puts narrow windows of the same 24 pixels together; the pixels are counted on the strip, so they stay. */
function joined(segments: readonly Segment[]): Segment[] {
  const cells: Segment[] = [];
  for (const segment of segments) {
    const last = cells.at(-1);
    const cellOf = ({ left }: Segment) => Math.floor(left / NARROW);
    const narrow = segment.width + GAP < NARROW;
    if (narrow && last !== undefined && last.width + GAP <= NARROW && cellOf(last) === cellOf(segment)) {
      last.width = segment.left + segment.width - last.left;
      last.end = segment.end;
      last.tone = worst([last.tone, segment.tone]);
      last.batch = null;
      last.batches += segment.batches;
      last.failed += segment.failed;
    } else {
      cells.push({ ...segment });
    }
  }
  return cells;
}

function newestGenerations(batches: readonly Batch[]): Batch[] {
  const newest = new Map<string, Batch>();
  for (const batch of batches) {
    const window = `${batch.config_id} ${batch.window_start}`;
    const other = newest.get(window);
    if (other === undefined || other.generation < batch.generation) newest.set(window, batch);
  }
  return [...newest.values()];
}

/** The window that comes next, from the end of the one before; none while the config is paused or it has a batch. */
function addNext(on: Strip, config: ConfigStatus, lane: Lane | undefined, batches: readonly Batch[]): void {
  if (lane === undefined || config.next_window_end === null || config.state !== 'active') return;
  const end = Date.parse(config.next_window_end);
  const ends = batches
    .filter((batch) => batch.config_id === config.config_id)
    .map((batch) => Date.parse(batch.window_end));
  if (ends.some((other) => other >= end)) return;
  const start = Math.max(end - config.period_minutes * 60_000, ...ends.filter((other) => other < end));
  if (start >= on.through) return;
  const cut = place(on, start, Math.min(end, on.through));
  lane.segments.push({ ...cut, end, tone: 'next', batch: null, batches: 0, failed: 0 });
}
