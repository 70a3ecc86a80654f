import { describe, expect, it } from 'vitest';
import type { BatchState, ConfigDays } from '$lib/api';
import { calendar, chunksOfRows, chunksOfTime, DAY, dayOfRow, rowOfDay } from './calendar';

const MONDAY = Date.parse('2026-11-23T00:00:00Z');
const ALL = { config_id: null, state: null, from: null, until: null };

/** Days of a config by how long before Monday they are. */
function config(id: string, days: Record<number, Partial<Record<BatchState, number>>>): ConfigDays {
  return {
    config_id: id,
    output_region: id.toUpperCase(),
    days: Object.entries(days).map(([before, states]) => ({
      day: new Date(MONDAY - Number(before) * DAY).toISOString(),
      states: Object.entries(states).map(([state, batches]) => ({ state: state as BatchState, batches })),
    })),
  };
}

const mag = config('mag', { 0: { complete: 60, failed: 1 }, 1: { complete: 96 }, 9: { expired: 96 } });
const eu = config('eu', { 1: { complete: 1 }, 2: { complete: 1 } });

describe('the calendar', () => {
  it('has every row once, the newest first, whatever the configs', () => {
    const { chunks, rows } = calendar([mag, eu], ALL);
    expect(rows).toBe(61 + 97 + 1 + 96);
    expect(chunks.map(({ first, rows: count }) => [first, count])).toEqual([
      [0, 61],
      [61, 97],
      [158, 97],
    ]);
  });

  it('puts thin days together and keeps what is old together when days come', () => {
    const thin = (days: number) =>
      config('thin', Object.fromEntries(Array.from({ length: days }, (_, i) => [10 - i, { complete: 40 }])));
    const marks = (days: number) =>
      calendar([thin(days)], ALL)
        .chunks.toReversed()
        .map(({ from, until }) => (until - from) / DAY);
    expect(marks(4)).toEqual([2, 2]);
    expect(marks(5)).toEqual([2, 2, 1]);
  });

  it('counts only what the filter lets through, and marks a day by all its states', () => {
    const failed = calendar([mag, eu], { ...ALL, state: 'failed' });
    expect([failed.rows, failed.chunks[0]?.mark]).toEqual([1, 'mag complete 60,failed 1;']);
    expect(calendar([mag, eu], { ...ALL, config_id: 'eu' }).rows).toBe(2);
    expect(calendar([mag], { ...ALL, config_id: 'eu' }).chunks).toEqual([]);
  });

  it('finds rows of a day, days of a row, and the nearest older day where one has none', () => {
    const list = calendar([mag, eu], ALL);
    expect(rowOfDay(list, MONDAY)).toBe(0);
    expect(rowOfDay(list, MONDAY - DAY)).toBe(61);
    expect(rowOfDay(list, MONDAY - 5 * DAY)).toBe(159);
    expect(rowOfDay(list, MONDAY - 90 * DAY)).toBe(254);
    expect(rowOfDay(calendar([], ALL), MONDAY)).toBeUndefined();
    expect([0, 60, 61, 158, 254].map((row) => (MONDAY - (dayOfRow(list, row) ?? 0)) / DAY)).toEqual([
      0, 0, 1, 2, 9,
    ]);
  });

  it('says which chunks hold some rows or a stretch of time', () => {
    const list = calendar([mag, eu], ALL);
    expect(chunksOfRows(list, 60, 61).map((chunk) => chunk.first)).toEqual([0, 61]);
    expect(chunksOfRows(list, 158, 400).map((chunk) => chunk.first)).toEqual([158]);
    expect(chunksOfTime(list, MONDAY, MONDAY + DAY).map((chunk) => chunk.first)).toEqual([0]);
    expect(chunksOfTime(list, MONDAY - DAY, MONDAY + 1).map((chunk) => chunk.first)).toEqual([0, 61]);
  });
});
