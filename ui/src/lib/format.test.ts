import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  asSentence,
  daysUntil,
  fingerprintGroups,
  formatBytes,
  formatCount,
  formatDuration,
  formatPeriod,
  utcFull,
  utcWindow,
  withReadableTimes,
} from './format';
import { speak } from './i18n';

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [18_204, '18,204'],
    [1_234_567, '1,234,567'],
  ])('writes %d as %s', (value, text) => expect(formatCount(value)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [950, '950 B'],
    [1_400, '1.4 kB'],
    [22_400, '22 kB'],
    [999_400, '999 kB'],
    [999_600, '1.0 MB'],
    [16_000_000, '16 MB'],
    [37_050_000_000_000, '37 TB'],
    [4e18, '4000 PB'],
  ])('writes %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [-5_000, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [4_320_000, '1 h 12 min'],
    [86_400_000, '1 d'],
    [187_200_000, '2 d 4 h'],
  ])('writes %d ms as %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

  it('says a period of a day in hours', () => {
    expect(formatPeriod(1_440)).toBe('every 24 h');
    expect(formatPeriod(90)).toBe('every 1 h 30 min');
  });
});

describe('times', () => {
  it('are in UTC whatever zone the machine is in', () => {
    expect(utcFull('2026-11-23T20:00:00Z')).toBe('23 Nov 2026, 20:00 UTC');
  });

  it('name the second day of a window only where it is another', () => {
    expect(utcWindow('2026-11-23T12:00:00Z', '2026-11-23T16:00:00Z')).toBe('23 Nov 12:00 – 16:00');
    expect(utcWindow('2026-11-22T18:00:00Z', '2026-11-23T00:00:00Z')).toBe('22 Nov 18:00 – 24:00');
    expect(utcWindow('2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z')).toBe('22 Nov 00:00 – 24:00');
    expect(utcWindow('2026-11-22T18:00:00Z', '2026-11-23T02:00:00Z')).toBe('22 Nov 18:00 – 23 Nov 02:00');
    expect(utcWindow('2026-11-21T18:00:00Z', '2026-11-23T00:00:00Z')).toBe('21 Nov 18:00 – 23 Nov 00:00');
  });

  it('count whole days, and go below zero once over', () => {
    const now = Date.parse('2026-11-23T18:48:00Z');
    expect(daysUntil('2026-11-25T18:47:00Z', now)).toBe(1);
    expect(daysUntil('2026-11-23T18:47:00Z', now)).toBe(-1);
  });
});

describe('fingerprintGroups', () => {
  it('keeps every digit, in groups of two bytes', () => {
    const hex = '0123456789abcdef'.repeat(4);
    const groups = fingerprintGroups(hex);
    expect(groups.slice(0, 2)).toEqual(['01:23', '45:67']);
    expect(groups.join('').replaceAll(':', '').toLowerCase()).toBe(hex);
  });
});

describe('asSentence', () => {
  it('ends a text once', () => {
    expect(['Retry it', 'Done.', 'Why?', ''].map(asSentence)).toEqual(['Retry it.', 'Done.', 'Why?', '']);
  });
});

describe('withReadableTimes', () => {
  it('rewrites every time in a text and nothing else', () => {
    expect(withReadableTimes('From 2026-11-23T06:00:00Z to 2026-11-23T12:00:00Z, 310 v2.')).toBe(
      'From 23 Nov 2026, 06:00 UTC to 23 Nov 2026, 12:00 UTC, 310 v2.',
    );
  });
});

describe('in German', () => {
  beforeEach(() => speak('de'));
  afterEach(() => speak('en'));

  it('numbers have a full stop between thousands and a comma before decimals', () => {
    expect([formatCount(1_234_567), formatBytes(1_400_000)]).toEqual(['1.234.567', '1,4 MB']);
  });

  it('times are in day, month, year', () => {
    expect(utcFull('2026-01-03T08:05:00Z')).toBe('03.01.2026, 08:05 UTC');
    expect(utcWindow('2026-11-22T18:00:00Z', '2026-11-23T02:00:00Z')).toBe('22.11. 18:00 – 23.11. 02:00');
    expect(formatPeriod(240)).toBe('alle 4 h');
  });
});
