import { describe, expect, it } from 'vitest';
import type { KeysOfBatch } from '$lib/api';
import { at } from '../../../tests/fake/time';
import { byBatch, byDay } from './keys-chart';

/** Batches of `minutes` each, from midnight on. */
const batches = (count: number, minutes: number): KeysOfBatch[] =>
  Array.from({ length: count }, (_, i) => ({
    window_start: at((i * minutes) / 60, '2026-11-10T00:00:00Z'),
    window_end: at(((i + 1) * minutes) / 60, '2026-11-10T00:00:00Z'),
    new_keys: i,
    revised_keys: 1,
    generated: 2,
  }));

describe('byBatch', () => {
  it('has a bar for each batch, and names each day once', () => {
    const chart = byBatch(batches(9, 240));
    expect(chart.summed).toBe(false);
    expect(chart.points.map(({ axis }) => axis)).toEqual(['10 Nov', '', '', '', '', '', '11 Nov', '', '']);
    expect(chart.points[1]?.name).toBe('10 Nov 04:00 – 08:00');
    expect(chart.series.map(({ values }) => values.slice(0, 3))).toEqual([
      [0, 1, 2],
      [1, 1, 1],
      [2, 2, 2],
    ]);
    expect(byBatch([]).points).toEqual([]);
  });

  it('sums up what would be too thin to see, and loses no key', () => {
    const many = batches(14 * 24 * 12, 5);
    const chart = byBatch(many);
    expect([chart.summed, chart.points.length]).toEqual([true, 14 * 6]);
    expect(chart.points[0]?.name).toBe('10 Nov 00:00 – 04:00');
    const sum = (values: number[] | undefined) => values?.reduce((a, b) => a + b, 0);
    expect(sum(chart.series[0]?.values)).toBe(sum(many.map((one) => one.new_keys)));
    expect(many[0]?.new_keys, 'what was given is left as it is').toBe(0);
  });
});

it('byDay names each day', () => {
  const chart = byDay([{ day: '2026-11-10T00:00:00Z', new_keys: 5, revised_keys: 1, generated: 0 }]);
  expect(chart.points).toEqual([{ axis: '10 Nov', name: '10 Nov 2026' }]);
});
