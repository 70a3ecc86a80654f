import type { Batch, ConfigStatus } from '$lib/api';
import type { Tone } from '$components/types';
import { meaning, toneOf } from './state';

/** Hours shown before the present. */
export const HOURS_BACK = 48;
/** Hours shown after it, so that the window that runs now has room. */
const HOURS_AHEAD = 12;
const HOUR = 3_600_000;
const TICK_HOURS = 12;
/** A gap between neighbours, in per cent of the line. */
const GAP = 0.3;
const NARROWEST = 0.25;

/** A batch, or the window that comes next, on its config's line; `left` and `width` in per cent. */
export interface Segment {
  left: number;
  width: number;
  /** `next` is the window that has no batch yet. */
  tone: Tone | 'next';
  batch: Batch | null;
  start: number;
  end: number;
}

/** One config's line. */
export interface Lane {
  configId: string;
  region: string;
  segments: Segment[];
}

/** The whole picture. */
export interface Timeline {
  lanes: Lane[];
  /** Where the present stands, in per cent. */
  now: number;
  /** Midnights and noons, UTC. */
  ticks: { left: number; at: number }[];
}

/**
 * Places the batches of the last 48 hours, one line a config, ordered by region.
 *
 * Where a window has several batches (it was regenerated), the newest generation is drawn.
 */
export function timeline(batches: readonly Batch[], configs: readonly ConfigStatus[], now: number): Timeline {
  const from = now - HOURS_BACK * HOUR;
  const through = now + HOURS_AHEAD * HOUR;
  const share = (at: number): number => ((at - from) / (through - from)) * 100;
  const lanes = new Map<string, Lane>(
    configs
      .filter(runs)
      .map((config) => [
        config.config_id,
        { configId: config.config_id, region: config.output_region, segments: [] },
      ]),
  );
  for (const batch of newestGenerations(batches)) {
    const [start, end] = [Date.parse(batch.window_start), Date.parse(batch.window_end)];
    if (end <= from || start >= through) continue;
    const lane = lanes.get(batch.config_id) ?? {
      configId: batch.config_id,
      region: batch.output_region,
      segments: [],
    };
    lanes.set(batch.config_id, lane);
    lane.segments.push({ ...place(start, end, share), tone: toneOf(meaning(batch)), batch, start, end });
  }
  for (const config of configs) addNext(config, lanes.get(config.config_id), through, share);
  return {
    lanes: [...lanes.values()].map(sorted).sort(byRegion),
    now: share(now),
    ticks: ticks(from, through, share),
  };
}

/** A config that has yet to begin has no line: there is nothing to see on it for days. */
function runs(config: ConfigStatus): boolean {
  return config.state !== 'scheduled';
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

function addNext(
  config: ConfigStatus,
  lane: Lane | undefined,
  through: number,
  share: (at: number) => number,
): void {
  if (lane === undefined || config.next_window_end === null || config.state !== 'active') return;
  const end = Date.parse(config.next_window_end);
  const before = Math.max(0, ...lane.segments.map((segment) => segment.end).filter((other) => other < end));
  const start = Math.max(before, end - config.period_minutes * 60_000);
  if (lane.segments.some((segment) => segment.end >= end) || start >= through) return;
  lane.segments.push({ ...place(start, end, share), tone: 'next', batch: null, start, end });
}

function place(start: number, end: number, share: (at: number) => number): { left: number; width: number } {
  const left = Math.max(0, share(start));
  const right = Math.min(100, share(end));
  return { left, width: Math.max(NARROWEST, right - left - GAP) };
}

function sorted(lane: Lane): Lane {
  return { ...lane, segments: [...lane.segments].sort((a, b) => a.start - b.start) };
}

function byRegion(a: Lane, b: Lane): number {
  return a.region.localeCompare(b.region, 'en') || a.configId.localeCompare(b.configId, 'en');
}

function ticks(from: number, through: number, share: (at: number) => number): { left: number; at: number }[] {
  const step = TICK_HOURS * HOUR;
  const first = Math.ceil(from / step) * step;
  const count = Math.floor((through - first) / step) + 1;
  return Array.from({ length: count }, (_, i) => first + i * step).map((at) => ({ left: share(at), at }));
}
