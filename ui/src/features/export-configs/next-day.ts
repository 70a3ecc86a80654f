import type { LoadEstimate, PreviewWindow } from '$lib/api';
import { DAY_MINUTES } from './periods';

/** A bar of the timeline: percentages of its width. */
export interface Bar {
  left: number;
  width: number;
  window: PreviewWindow;
  /** Whether the window is under way now. */
  running: boolean;
}

/** The windows that begin in the next 24 hours, placed on a line. */
export interface NextDay {
  bars: Bar[];
  /** When each window's files come out, in the order of the bars; in per cent. */
  due: number[];
  /** Where the present stands, in per cent; `null` where the first window lies wholly ahead. */
  now: number | null;
  /** Hours to write below the line. */
  ticks: { left: number; at: number }[];
  /** Where another UTC day begins, in per cent. */
  midnights: { left: number; at: number }[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TICK_HOURS = 4;
/** A window shorter than this share of the line would be a line of its own; it is still drawn, this wide. */
const NARROWEST = 0.15;

/**
 * Places windows on a line that begins where the first one does, or at `now` where all lie ahead within the day (then
 * the wait before the first shows as a gap), and ends when the last one's files come out, a day later at least.
 */
export function nextDay(windows: readonly PreviewWindow[], now: number): NextDay {
  const first = windows[0];
  if (first === undefined) return { bars: [], due: [], now: null, ticks: [], midnights: [] };
  const firstStart = Date.parse(first.start);
  const ahead = firstStart - now;
  const origin = ahead > 0 && ahead < DAY ? Math.floor(now / HOUR) * HOUR : firstStart;
  const end = Math.max(origin + DAY, ...windows.map((window) => Date.parse(window.due_at)));
  const share = (at: number): number => ((at - origin) / (end - origin)) * 100;
  const bars = windows.map((window) => {
    const [from, until] = [Date.parse(window.start), Date.parse(window.end)];
    const left = share(from);
    const running = from <= now && now < until;
    return { left, width: Math.max(NARROWEST, share(until) - left), window, running };
  });
  const due = windows.map((window) => share(Date.parse(window.due_at)));
  const at = share(now);
  return {
    bars,
    due,
    now: at >= 0 && at <= 100 ? at : null,
    ticks: marks(TICK_HOURS * HOUR, origin, end, share),
    midnights: marks(DAY, origin, end, share),
  };
}

/** Every multiple of `step` (in UTC) that lies on the line. */
function marks(
  step: number,
  origin: number,
  end: number,
  share: (at: number) => number,
): { left: number; at: number }[] {
  const first = Math.ceil(origin / step) * step;
  const count = Math.max(0, Math.floor((end - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step).map((at) => ({ left: share(at), at }));
}

/** Files a day by the keys that really came in, and as many as there are windows at least: one a window. */
export function filesADay(periodMinutes: number, load: LoadEstimate | null): number {
  return Math.max(DAY_MINUTES / periodMinutes, load?.files_a_day ?? 0);
}

/** How a number of files a day stands against what phones take. */
export type FileLoad = 'fits' | 'over-ios' | 'over-both';

/** Compares files a day with the limits of both kinds of phone. */
export function fileLoad(filesADay: number, iosLimit: number, androidLimit: number): FileLoad {
  if (filesADay <= iosLimit) return 'fits';
  return filesADay <= androidLimit ? 'over-ios' : 'over-both';
}
