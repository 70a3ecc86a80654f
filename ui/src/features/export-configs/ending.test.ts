import { describe, expect, it } from 'vitest';
import { confirms, ending } from './ending';
import { configWith } from './fixtures';

const NOW = Date.parse('2026-11-23T17:41:12.345Z');

describe('ending a config', () => {
  it('now is the present second', () => {
    expect(ending(configWith(), 'now', NOW)).toEqual({
      validThrough: '2026-11-23T17:41:12Z',
      immediate: true,
    });
  });

  it('now is never before the last window that has a batch', () => {
    const ahead = configWith({}, { windows_through: '2026-11-23T20:00:00Z' });
    expect(ending(ahead, 'now', NOW)).toEqual({ validThrough: '2026-11-23T20:00:00Z', immediate: true });
  });

  it('now is refused before it began', () => {
    const scheduled = configWith({ valid_from: '2026-12-01T00:00:00Z' }, { windows_through: null });
    expect(ending(scheduled, 'now', NOW)).toEqual({ refused: 'not-begun' });
  });

  it.each([
    ['2026-12-05 00:00', { validThrough: '2026-12-05T00:00:00Z', immediate: false }],
    ['2026-11-23 17:00', { refused: 'past' }],
    ['2026-11-23 12:00', { refused: 'before-windows' }],
    ['soon', { refused: 'unreadable' }],
  ])('at %s gives %j', (typed, result) => {
    expect(ending(configWith(), { typed }, NOW)).toEqual(result);
  });

  it('is confirmed by its region', () => {
    expect(confirms(' mag ', configWith())).toBe(true);
    expect(confirms('MA', configWith())).toBe(false);
  });
});
