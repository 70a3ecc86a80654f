/**
 * Which row of the list lies on which day: told by the daemon's counts, before any batch is read. So the list has its
 * whole length at once, and rows are read where somebody looks.
 */
import type { Batch, BatchDay, BatchFilter, BatchState, ConfigDays } from '$lib/api';

export const DAY = 86_400_000;

/** An instant as the daemon takes it: RFC 3339 in whole seconds. */
export function isoSecond(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** A day of the list: 00:00 UTC in milliseconds, how many rows it has, and what they were like when counted. */
export interface ListedDay {
  day: number;
  rows: number;
  /** Tells whether the batches of a day are still those that were read: their states, config by config. */
  mark: string;
}

/** Rows that are read together: whole days, `[from, until)`, in the list from row `first` on. */
export interface Chunk {
  from: number;
  until: number;
  first: number;
  rows: number;
  mark: string;
}

export interface Calendar {
  /** Newest first. */
  chunks: Chunk[];
  days: { day: number; first: number }[];
  rows: number;
}

/** Days are put together until this many rows: one that is read costs little more than one row. */
const CHUNK_ROWS = 100;

/** Counts the days of a list, newest first. */
export function listedDays(configs: readonly ConfigDays[], filter: BatchFilter): ListedDay[] {
  const days = new Map<number, ListedDay>();
  for (const config of configs) {
    if (filter.config_id !== null && filter.config_id !== config.config_id) continue;
    for (const one of config.days) {
      const rows = batchesIn(one, filter.state);
      if (rows === 0) continue;
      const day = Date.parse(one.day);
      const listed = days.get(day) ?? { day, rows: 0, mark: '' };
      listed.rows += rows;
      listed.mark += `${config.config_id} ${one.states.map(({ state, batches }) => `${state} ${batches}`).join()};`;
      days.set(day, listed);
    }
  }
  return [...days.values()].sort((a, b) => b.day - a.day);
}

/** Counts batches as the daemon does: for when they are all that is known. */
export function countBatches(batches: readonly Batch[]): ConfigDays[] {
  const configs = new Map<string, ConfigDays>();
  for (const { config_id, output_region, window_start, state } of batches) {
    const config = configs.get(config_id) ?? { config_id, output_region, days: [] };
    configs.set(config_id, config);
    const midnight = `${window_start.slice(0, 10)}T00:00:00Z`;
    let day = config.days.find((one) => one.day === midnight);
    if (day === undefined) config.days.push((day = { day: midnight, states: [] }));
    const counted = day.states.find((one) => one.state === state);
    if (counted === undefined) day.states.push({ state, batches: 1 });
    else counted.batches += 1;
  }
  return [...configs.values()].sort((a, b) => a.output_region.localeCompare(b.output_region, 'en'));
}

/** How many batches a day has, in one state where asked for. */
export function batchesIn({ states }: BatchDay, state: string | null): number {
  return states
    .filter((count) => state === null || count.state === state)
    .reduce((sum, count) => sum + count.batches, 0);
}

/** Lays the days of a list out. Chunks are cut from the oldest day on, so that new days don't shift old ones. */
export function calendar(configs: readonly ConfigDays[], filter: BatchFilter): Calendar {
  const listed = listedDays(configs, filter);
  const chunks: Chunk[] = [];
  for (const { day, rows, mark } of listed.toReversed()) {
    const open = chunks.at(-1);
    if (open !== undefined && open.rows + rows <= CHUNK_ROWS) {
      open.until = day + DAY;
      open.rows += rows;
      open.mark += mark;
    } else {
      chunks.push({ from: day, until: day + DAY, first: 0, rows, mark });
    }
  }
  chunks.reverse();
  let first = 0;
  for (const chunk of chunks) {
    chunk.first = first;
    first += chunk.rows;
  }
  let row = 0;
  const days = listed.map(({ day, rows }) => ({ day, first: (row += rows) - rows }));
  return { chunks, days, rows: first };
}

/** The chunks that hold rows from `first` through `last`. */
export function chunksOfRows({ chunks }: Calendar, first: number, last: number): Chunk[] {
  return chunks.filter((chunk) => chunk.first <= last && chunk.first + chunk.rows > first);
}

/** The chunks that hold windows of `[from, until)`, UTC milliseconds. */
export function chunksOfTime({ chunks }: Calendar, from: number, until: number): Chunk[] {
  return chunks.filter((chunk) => chunk.from < until && chunk.until > from);
}

/** The first row of a day, or of the next older one that has any; undefined where there is none. */
export function rowOfDay({ days, rows }: Calendar, day: number): number | undefined {
  if (rows === 0) return undefined;
  return days.find((one) => one.day <= day)?.first ?? rows - 1;
}

/** The day that a row lies on, 00:00 UTC in milliseconds. */
export function dayOfRow({ days }: Calendar, row: number): number | undefined {
  return days.findLast((one) => one.first <= row)?.day;
}

/** The states that are still going to change. */
export const UNFINISHED: ReadonlySet<BatchState> = new Set([
  'open',
  'leased',
  'awaiting-signature',
  'failed',
]);
