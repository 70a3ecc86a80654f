/** Which rows of a table of any length are drawn. */

/** Height of a row in pixels. Every row has it, so where a row is needs no measuring. */
export const ROW = 38;
/** Height of the head in pixels; it stays in sight above the rows. */
export const HEAD = 34;
/** Rows drawn above and below those in sight, so that scrolling a little finds them there. */
const SPARE = 10;

/** The rows from `first` through `last`; `last` is less than `first` where there are none. */
export interface RowRange {
  first: number;
  last: number;
}

/** The rows to draw of a table of `count` rows that is scrolled by `top` pixels, with `height` pixels for its rows. */
export function drawnRows(top: number, height: number, count: number): RowRange {
  const first = Math.floor(top / ROW) - SPARE;
  const last = Math.ceil((top + height) / ROW) - 1 + SPARE;
  return { first: Math.max(0, Math.min(first, count - 1)), last: Math.min(last, count - 1) };
}

/** How far to scroll so that a row is in sight: as little as it takes. */
export function topToShow(row: number, top: number, height: number): number {
  const above = row * ROW;
  const below = above + ROW - Math.max(height, ROW);
  return Math.min(above, Math.max(below, top));
}

/** Returns the row that a key leads to from a row; undefined for keys that lead to none. */
export function rowByKey(key: string, row: number, height: number, count: number): number | undefined {
  const page = Math.max(1, Math.floor(height / ROW) - 1);
  const steps: Record<string, number> = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -page,
    PageDown: page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, row + step));
}
