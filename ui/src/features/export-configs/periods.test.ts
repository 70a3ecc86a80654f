import { expect, it } from 'vitest';
import { PERIODS, windowStart } from './periods';

it('lists exactly the divisors of a day from 5 minutes to 24 hours', () => {
  expect(PERIODS[0]).toBe(5);
  expect(PERIODS.at(-1)).toBe(1_440);
  expect(PERIODS).toContain(240);
  expect(PERIODS).not.toContain(7);
  expect(PERIODS.every((minutes) => 1_440 % minutes === 0)).toBe(true);
});

it('aligns windows from 00:00 UTC', () => {
  const at = Date.parse('2026-11-23T17:41:12Z');
  expect(new Date(windowStart(at, 240)).toISOString()).toBe('2026-11-23T16:00:00.000Z');
  expect(new Date(windowStart(at, 1_440)).toISOString()).toBe('2026-11-23T00:00:00.000Z');
});
