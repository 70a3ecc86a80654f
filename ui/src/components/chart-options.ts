/** How stacked bars look in uPlot: colours from the tokens, numbers as everywhere else. */
import uPlot from 'uplot';
import { formatCount, utcDay } from '$lib/format';

export interface Series {
  label: string;
  /** The name of a colour token: `--accent`. */
  token: string;
  values: number[];
}

/** Adds each series to the ones before it, and puts the tallest first, as uPlot paints later ones over earlier. */
export function stack(series: readonly Series[]): number[][] {
  const sums: number[] = (series[0]?.values ?? []).map(() => 0);
  const stacked = series.map((one) => one.values.map((value, i) => (sums[i] = (sums[i] ?? 0) + value)));
  return stacked.reverse();
}

/** Builds the options for days on the x axis. `token` returns a token's present colour. */
export function barOptions(
  series: readonly Series[],
  days: readonly string[],
  size: { width: number; height: number },
  token: (name: string) => string,
): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.62, 40], radius: 0.12 });
  const font = `11px ${token('--font')}`;
  // A label needs some 48 px; where the bars are closer, every second or third day has one.
  const step = Math.max(1, Math.ceil((days.length * 48) / Math.max(size.width - 70, 1)));
  const axis = { stroke: token('--ink-3'), font, ticks: { show: false } };
  return {
    ...size,
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 12, 0, 0],
    scales: {
      x: { time: false, range: [-0.6, days.length - 0.4] },
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.08 : 10] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        splits: () => days.map((_, i) => i),
        values: (_plot, at) =>
          at.map((i, n) => ((days.length - 1 - n) % step === 0 ? utcDay(days[i] ?? '') : '')),
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
        width: 1,
        paths: bars,
        points: { show: false },
      })),
    ],
  };
}
