import type { PreviewWindow } from '$lib/api';

/** A bar of the timeline: percentages of its width. */
export interface Bar {
  left: number;
  width: number;
  window: PreviewWindow;
}

/** The windows that begin in the next 24 hours, placed on a line. */
export interface NextDay {
  bars: Bar[];
  /** Where the present stands, in per cent; `null` where the first window lies wholly ahead. */
  now: number | null;
  /** Hours to write below the line. */
  ticks: { left: number; at: number }[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TICK_HOURS = 4;
/** A window shorter than this share of the line would be a line of its own; it is still drawn, this wide. */
const NARROWEST = 0.3;

/**
 * Places windows on a line of 24 hours that begins where the first one does, or at `now` where all lie ahead
 * within the day (then the wait before the first shows as a gap).
 */
export function nextDay(windows: readonly PreviewWindow[], now: number): NextDay {
  const first = windows[0];
  if (first === undefined) return { bars: [], now: null, ticks: [] };
  const firstStart = Date.parse(first.start);
  const ahead = firstStart - now;
  const origin = ahead > 0 && ahead < DAY ? Math.floor(now / HOUR) * HOUR : firstStart;
  const share = (at: number): number => ((at - origin) / DAY) * 100;
  const bars = windows.flatMap((window) => {
    const left = share(Date.parse(window.start));
    const right = Math.min(100, share(Date.parse(window.end)));
    return left >= 100 ? [] : [{ left, width: Math.max(NARROWEST, right - left), window }];
  });
  const at = share(now);
  return { bars, now: at >= 0 && at <= 100 ? at : null, ticks: ticks(origin, share) };
}

function ticks(origin: number, share: (at: number) => number): { left: number; at: number }[] {
  const step = TICK_HOURS * HOUR;
  const first = Math.ceil(origin / step) * step;
  return Array.from({ length: 24 / TICK_HOURS + 1 }, (_, i) => first + i * step)
    .map((at) => ({ left: share(at), at }))
    .filter((tick) => tick.left <= 100);
}

/** How a number of files a day stands against what phones take. */
export type FileLoad = 'fits' | 'over-ios' | 'over-both';

/** Compares files a day with the limits of both kinds of phone. */
export function fileLoad(filesADay: number, iosLimit: number, androidLimit: number): FileLoad {
  if (filesADay <= iosLimit) return 'fits';
  return filesADay <= androidLimit ? 'over-ios' : 'over-both';
}
