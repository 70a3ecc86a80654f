import { describe, expect, it } from 'vitest';
import { parseUtc, toUtcText } from './utc-text';

describe('times typed in UTC', () => {
  it.each([
    ['2026-11-23 16:00', '2026-11-23T16:00:00Z'],
    ['2026-11-23T16:00Z', '2026-11-23T16:00:00Z'],
    ['2026-11-23 16:00:30 UTC', '2026-11-23T16:00:30Z'],
    ['  2026-11-23 ', '2026-11-23T00:00:00Z'],
    ['2028-02-29 00:00', '2028-02-29T00:00:00Z'],
    ['2027-02-29 00:00', null],
    ['2026-11-23 24:00', null],
    ['2026-11-23 16:60', null],
    ['1969-12-31 23:00', null],
    ['0099-01-01 00:00', null],
    ['23.11.2026 16:00', null],
    ['', null],
  ])('reads %j as %j', (text, value) => {
    expect(parseUtc(text)).toBe(value);
  });

  it('are written so that they can be read again', () => {
    for (const iso of ['2026-11-23T16:00:00Z', '2026-11-23T16:00:05Z']) {
      expect(parseUtc(toUtcText(Date.parse(iso)))).toBe(iso);
    }
  });
});
