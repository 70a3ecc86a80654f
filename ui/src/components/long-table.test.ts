import { describe, expect, it } from 'vitest';
import { drawnRows, ROW, rowByKey, topToShow } from './long-table';

const HEIGHT = 10 * ROW;

describe('the rows drawn of a long table', () => {
  it('are those in sight and ten more on either side', () => {
    expect(drawnRows(0, HEIGHT, 10_000)).toEqual({ first: 0, last: 19 });
    expect(drawnRows(5_000 * ROW, HEIGHT, 10_000)).toEqual({ first: 4_990, last: 5_019 });
    expect(drawnRows(9_990 * ROW, HEIGHT, 10_000)).toEqual({ first: 9_980, last: 9_999 });
  });

  it('include a row of which only a pixel shows', () => {
    expect(drawnRows(100 * ROW + 1, HEIGHT, 10_000)).toEqual({ first: 90, last: 120 });
  });

  it('are none of an empty table, and all of a short one', () => {
    const none = drawnRows(0, HEIGHT, 0);
    expect(none.last).toBeLessThan(none.first);
    expect(drawnRows(0, 0, 3)).toEqual({ first: 0, last: 2 });
    // It was scrolled further when it had more rows.
    expect(drawnRows(5_000 * ROW, HEIGHT, 3)).toEqual({ first: 2, last: 2 });
  });
});

describe('scrolling to a row', () => {
  it('moves nothing where it is in sight', () => {
    expect(topToShow(12, 10 * ROW, HEIGHT)).toBe(10 * ROW);
  });

  it('moves just far enough, up or down', () => {
    expect(topToShow(4, 10 * ROW, HEIGHT)).toBe(4 * ROW);
    expect(topToShow(30, 10 * ROW, HEIGHT)).toBe(21 * ROW);
  });
});

describe('the keyboard', () => {
  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 14],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
    ['Enter', undefined],
  ])('%s leads from row 5 to %s', (key, row) => {
    expect(rowByKey(key, 5, HEIGHT, 100)).toBe(row);
  });
});
