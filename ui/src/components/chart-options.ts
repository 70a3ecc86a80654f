/** How stacked bars look in uPlot: colours from the tokens, numbers as everywhere else. */
import uPlot from 'uplot';
import { formatCount, utcDate, utcDay } from '$lib/format';

export interface Series {
  label: string;
  /** The name of a colour token: `--accent`. */
  token: string;
  values: number[];
}

/** What one bar stands for. */
export interface ChartPoint {
  /** Below the bar; empty where the axis says nothing there. */
  axis: string;
  /** In the table. */
  name: string;
}

/** Days as points; each is 00:00 UTC of its day. */
export function dayPoints(days: readonly string[]): ChartPoint[] {
  return days.map((day) => ({ axis: utcDay(day), name: utcDate(day) }));
}

/** Adds each series to the ones before it, and puts the tallest first, as uPlot paints later ones over earlier. */
export function stack(series: readonly Series[]): number[][] {
  const sums: number[] = (series[0]?.values ?? []).map(() => 0);
  const stacked = series.map((one) => one.values.map((value, i) => (sums[i] = (sums[i] ?? 0) + value)));
  return stacked.reverse();
}

/** A label on the axis needs so many pixels. */
const LABEL_PX = 48;
/** A bar that has less room than this is thin. */
const THIN_PX = 8;

/** The points whose labels are written on an axis of `width` pixels, by index: the last one, and those far enough apart. */
export function labelsThatFit(points: readonly ChartPoint[], width: number): Set<number> {
  const apart = (LABEL_PX * points.length) / width;
  const shown: number[] = [];
  for (let i = points.length - 1; i >= 0; i -= 1) {
    const next = shown.at(-1);
    if (points[i]?.axis !== '' && (next === undefined || next - i >= apart)) shown.push(i);
  }
  return new Set(shown);
}

/** Builds the options for bars, one a point. `token` returns a token's present colour. */
export function barOptions(
  series: readonly Series[],
  points: readonly ChartPoint[],
  size: { width: number; height: number },
  token: (name: string) => string,
): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.62, 40], radius: 0.12 });
  const font = `11px ${token('--font')}`;
  const room = Math.max(size.width - 70, 1);
  const shown = labelsThatFit(points, room);
  // The gap between stacked parts would eat up thin bars.
  const gap = room / points.length < THIN_PX ? 0 : 1;
  const axis = { stroke: token('--ink-3'), font, ticks: { show: false } };
  return {
    ...size,
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 12, 0, 0],
    scales: {
      x: { time: false, range: [-0.6, points.length - 0.4] },
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.08 : 10] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        splits: () => points.map((_, i) => i),
        values: (_plot, at) => at.map((i) => (shown.has(i) ? (points[i]?.axis ?? '') : '')),
      },
      {
        ...axis,
        grid: { stroke: token('--line'), width: 1 },
        size: 58,
        values: (_plot, at) => at.map((value) => (Number.isInteger(value) ? formatCount(value) : '')),
      },
    ],
    series: [
      {},
      ...[...series].reverse().map((one) => ({
        label: one.label,
        fill: token(one.token),
        stroke: token('--panel'),
        width: gap,
        paths: bars,
        points: { show: false },
      })),
    ],
  };
}
