import type { ConfigDays, ConfigStatus } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { batchWith } from './fixtures';
import { dayLanes, hourLanes, leftOf, pending, strip, ticks, timeAt } from './timeline';

const NOW = Date.parse('2026-11-23T18:00:00Z');
const HOUR = 3_600_000;
const mag: ConfigStatus = {
  config_id: 'config-1',
  output_region: 'MAG',
  period_minutes: 240,
  state: 'active',
  last_window_end: '2026-11-23T16:00:00Z',
  last_completed_at: null,
  next_window_end: '2026-11-23T20:00:00Z',
  next_due_at: '2026-11-23T22:00:00Z',
  files_last_24_hours: 6,
};
const magDays: ConfigDays = {
  config_id: 'config-1',
  output_region: 'MAG',
  days: [
    { day: '2026-11-23T00:00:00Z', states: [{ state: 'complete', batches: 4 }] },
    {
      day: '2026-11-16T00:00:00Z',
      states: [
        { state: 'complete', batches: 5 },
        { state: 'failed', batches: 1 },
      ],
    },
  ],
};
const hours = strip([magDays], NOW, 'hours');
const days = strip([magDays], NOW, 'days');
const ALL = { from: 0, until: NOW + 100 * HOUR };

const segments = (...batches: Parameters<typeof batchWith>[0][]) =>
  hourLanes(hours, ALL, [magDays], batches.map(batchWith), []).flatMap((lane) => lane.segments);

describe('the strip', () => {
  it('goes from the oldest batch until eight hours ahead, and back two days where there is none', () => {
    expect(new Date(hours.from).toISOString()).toBe('2026-11-16T00:00:00.000Z');
    expect((hours.through - NOW) / HOUR).toBe(8);
    expect(hours.width).toBe((7 * 24 + 26) * 24);
    expect((NOW - strip([], NOW, 'hours').from) / HOUR).toBe(48 + 18);
  });

  it('knows the place of a time and the time of a place', () => {
    expect(leftOf(hours, hours.from + 3 * HOUR)).toBe(72);
    expect(timeAt(hours, 72)).toBe(hours.from + 3 * HOUR);
    expect(leftOf(days, days.from + 24 * HOUR)).toBe(36);
  });

  it('marks every six hours, or Mondays', () => {
    const at = (on: typeof hours) =>
      ticks(on, ALL).map((tick) => new Date(tick.at).toISOString().slice(0, 13));
    expect(at(hours).slice(0, 3)).toEqual(['2026-11-16T00', '2026-11-16T06', '2026-11-16T12']);
    expect(at(days)).toEqual(['2026-11-16T00', '2026-11-23T00']);
  });
});

describe('the lines by the hour', () => {
  it('have a batch where its window was, and the window that comes next after it', () => {
    const [lane] = hourLanes(hours, ALL, [magDays], [batchWith()], [mag]);
    const [batch, next] = lane?.segments ?? [];
    expect(batch).toMatchObject({ left: (7 * 24 + 12) * 24, width: 95, tone: 'good', batches: 1 });
    expect(next).toMatchObject({ left: (7 * 24 + 16) * 24, tone: 'next', batch: null });
  });

  it('leave out what lies outside the stretch', () => {
    const stretch = { from: NOW, until: NOW + HOUR };
    expect(hourLanes(hours, stretch, [magDays], [batchWith()], [])[0]?.segments).toEqual([]);
  });

  it('draw the newest generation of a window', () => {
    const old = { id: 'old', state: 'superseded' } as const;
    const fresh = { id: 'fresh', generation: 1 };
    expect(segments(old, fresh).map((one) => one.batch?.id)).toEqual(['fresh']);
    expect(segments(fresh, old).map((one) => one.batch?.id)).toEqual(['fresh']);
  });

  it('draw windows of five minutes as one where they share 24 pixels, in the tone that asks most', () => {
    const windows = Array.from({ length: 24 }, (_, i) => ({
      id: `b${i}`,
      window_start: new Date(hours.from + i * 300_000).toISOString(),
      window_end: new Date(hours.from + (i + 1) * 300_000).toISOString(),
      state: i === 13 ? ('failed' as const) : ('complete' as const),
    }));
    const cells = segments(...windows);
    expect(cells.map(({ batches, failed, tone }) => [batches, failed, tone])).toEqual([
      [12, 0, 'good'],
      [12, 1, 'bad'],
    ]);
    expect(cells[1]).toMatchObject({ start: hours.from + HOUR, end: hours.from + 2 * HOUR, batch: null });
    // However much of them is drawn, each stays in its place.
    expect(segments(...windows.slice(12))).toEqual([cells[1]]);
  });

  it('are there for a config without batches and for one that has ended, by region', () => {
    const ended = { ...magDays, config_id: 'ended', output_region: 'EU' };
    expect(hourLanes(hours, ALL, [ended], [], [mag]).map((lane) => lane.region)).toEqual(['EU', 'MAG']);
    expect(hourLanes(hours, ALL, [], [], [{ ...mag, state: 'scheduled' }])).toEqual([]);
  });

  it('announce no window for a paused config, nor one that has its batch', () => {
    const next = (status: ConfigStatus) =>
      hourLanes(hours, ALL, [], [batchWith()], [status])[0]?.segments.filter((one) => one.tone === 'next');
    expect(next({ ...mag, state: 'paused' })).toEqual([]);
    expect(next({ ...mag, next_window_end: '2026-11-23T16:00:00Z' })).toEqual([]);
    expect(next(mag)).toHaveLength(1);
  });

  it('keep a place for days whose batches are still to come', () => {
    const chunk = { from: hours.from, until: hours.from + 24 * HOUR, first: 0, rows: 6, mark: '' };
    expect(pending(hours, [magDays], [chunk]).get('config-1')).toMatchObject([{ left: 0, width: 575 }]);
    expect(pending(hours, [magDays], []).get('config-1')).toEqual([]);
  });
});

describe('the lines by the day', () => {
  it('have a cell for each day with batches, oldest first, in the tone that asks most', () => {
    const [lane] = dayLanes(days, ALL, [magDays]);
    expect(
      lane?.segments.map(({ left, width, tone, batches, failed }) => [left, width, tone, batches, failed]),
    ).toEqual([
      [0, 35, 'bad', 6, 1],
      [7 * 36, 35, 'good', 4, 0],
    ]);
  });

  it('leave out days outside the stretch', () => {
    expect(dayLanes(days, { from: NOW - HOUR, until: NOW }, [magDays])[0]?.segments).toHaveLength(1);
  });
});
