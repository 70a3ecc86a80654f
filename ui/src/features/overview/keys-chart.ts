/** From counts to the bars of the keys' chart: one bar a batch, or fewer where those would be too thin to see. */
import { dayPoints, type ChartPoint, type Series } from '$components/chart-options';
import type { DayCounts, KeysOfBatch } from '$lib/api';
import { utcDay, utcWindow } from '$lib/format';
import { t } from '$lib/i18n';

/** Two weeks of two-hour windows: thinner bars can't be told apart. */
const MOST_BARS = 168;
/** What one bar stands for where there are more batches than that. */
export const WIDE_BAR_HOURS = 4;

export interface KeysChart {
  points: ChartPoint[];
  series: Series[];
  /** Whether each bar is several batches: those of [`WIDE_BAR_HOURS`] hours. */
  summed: boolean;
}

interface Counts {
  new_keys: number;
  revised_keys: number;
  generated: number;
}

/** The key of the query for one config's keys by batch. */
export const batchKeysOf = (configId: string) => `keys-per-batch ${configId}`;

function seriesOf(counts: readonly Counts[]): Series[] {
  return [
    { label: t.overview.released, token: '--accent', values: counts.map((one) => one.new_keys) },
    { label: t.overview.revised, token: '--wait', values: counts.map((one) => one.revised_keys) },
    { label: t.overview.generated, token: '--line-strong', values: counts.map((one) => one.generated) },
  ];
}

/** All configs' keys by UTC day. */
export function byDay(days: readonly DayCounts[]): KeysChart {
  return { points: dayPoints(days.map(({ day }) => day)), series: seriesOf(days), summed: false };
}

/** One config's keys by batch, oldest first; the axis names each day at its first bar. */
export function byBatch(batches: readonly KeysOfBatch[]): KeysChart {
  const summed = batches.length > MOST_BARS;
  const bars = summed ? wider(batches) : batches;
  const points = bars.map(({ window_start, window_end }, i) => {
    const before = bars[i - 1];
    const day = utcDay(window_start);
    const first = before === undefined || utcDay(before.window_start) !== day;
    return { axis: first ? day : '', name: utcWindow(window_start, window_end) };
  });
  return { points, series: seriesOf(bars), summed };
}

function wider(batches: readonly KeysOfBatch[]): KeysOfBatch[] {
  const bars: KeysOfBatch[] = [];
  let slot = -1;
  for (const batch of batches) {
    const its = Math.floor(Date.parse(batch.window_start) / (WIDE_BAR_HOURS * 3_600_000));
    const bar = bars.at(-1);
    if (bar === undefined || its !== slot) {
      bars.push({ ...batch });
      slot = its;
      continue;
    }
    bar.window_end = batch.window_end;
    bar.new_keys += batch.new_keys;
    bar.revised_keys += batch.revised_keys;
    bar.generated += batch.generated;
  }
  return bars;
}
