import { describe, expect, it } from 'vitest';
import { fileLoad, filesADay, nextDay } from './next-day';

const at = (text: string): number => Date.parse(text);
const windows = Array.from({ length: 6 }, (_, i) => {
  const start = at('2026-11-23T16:00:00Z') + i * 4 * 3_600_000;
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { start: iso(start), end: iso(start + 4 * 3_600_000), due_at: iso(start + 6 * 3_600_000) };
});

describe('the next day', () => {
  it('begins where the running window does and shows the present in it', () => {
    const day = nextDay(windows, at('2026-11-23T17:00:00Z'));
    expect(day.bars).toHaveLength(6);
    expect(day.bars[0]).toMatchObject({ left: 0, running: true });
    expect(day.bars[1]).toMatchObject({ left: (4 / 26) * 100, running: false });
    expect(day.now).toBeCloseTo(100 / 26);
    expect(day.ticks.map((tick) => new Date(tick.at).getUTCHours())).toEqual([16, 20, 0, 4, 8, 12, 16]);
    expect(day.midnights.map((midnight) => midnight.at)).toEqual([at('2026-11-24T00:00:00Z')]);
  });

  it('ends when the last files come out, so that every window’s are on it', () => {
    const day = nextDay(windows, at('2026-11-23T17:00:00Z'));
    expect(day.due).toHaveLength(6);
    expect(day.due[0]).toBeCloseTo((6 / 26) * 100);
    expect(day.due.at(-1)).toBe(100);
  });

  it('leaves a gap before a first window that lies ahead', () => {
    const day = nextDay(windows, at('2026-11-23T10:30:00Z'));
    // From 10:00, the hour that runs, to 18:00 of the next day, when the last files come out.
    expect(day.bars[0]?.left).toBeCloseTo((6 / 32) * 100);
    expect(day.bars.every((bar) => bar.left + bar.width <= 100.001)).toBe(true);
    expect(day.now).toBeCloseTo((0.5 / 32) * 100);
  });

  it('shows no present where the first window lies days ahead', () => {
    expect(nextDay(windows, at('2026-11-20T00:00:00Z')).now).toBeNull();
  });

  it('is empty without windows', () => {
    expect(nextDay([], 0)).toEqual({ bars: [], due: [], now: null, ticks: [], midnights: [] });
  });
});

it('counts the files of a day by the keys that came in, and one a window at least', () => {
  const load = { days: 14, keys_a_day: 60_000, generated_a_day: 0, files_a_day: 60, bytes_a_day: 1_296_000 };
  expect(filesADay(240, load)).toBe(60);
  expect(filesADay(240, { ...load, keys_a_day: 0, files_a_day: 0 })).toBe(6);
  expect(filesADay(60, null)).toBe(24);
});

it.each([
  [6, 'fits'],
  [15, 'fits'],
  [16, 'over-ios'],
  [20, 'over-ios'],
  [21, 'over-both'],
] as const)('%i files a day: %s', (files, load) => {
  expect(fileLoad(files, 15, 20)).toBe(load);
});
