import { describe, expect, it, vi } from 'vitest';
import type { Batch, BatchFilter, BatchState, ConfigDays } from '$lib/api';
import { CommandFailure } from '$lib/failure';
import { countBatches, DAY } from './calendar';
import { batchWith } from './fixtures';
import { BatchRows } from './rows.svelte';

const ALL: BatchFilter = { config_id: null, state: null, from: null, until: null };
const MONDAY = Date.parse('2026-11-23T00:00:00Z');
const PAGE = 40;

/** A daemon with so many batches on each day before Monday, all on its 00:00 window, in pages of 40. */
function daemon(perDay: number, states: BatchState[] = ['complete']) {
  const iso = (at: number) => new Date(at).toISOString();
  const days: ConfigDays[] = [
    {
      config_id: 'config-1',
      output_region: 'MAG',
      days: Array.from({ length: 30 }, (_, before) => ({
        day: iso(MONDAY - before * DAY),
        states: [{ state: states[before] ?? 'complete', batches: perDay }],
      })),
    },
  ];
  const all: Batch[] = Array.from({ length: 30 * perDay }, (_, i) => {
    const day = MONDAY - Math.floor(i / perDay) * DAY;
    return batchWith({
      id: `b${i}`,
      state: states[Math.floor(i / perDay)] ?? 'complete',
      window_start: iso(day),
      window_end: iso(day + 1),
    });
  });
  const listBatches = vi.fn((filter: BatchFilter, cursor: string | null) => {
    const [from, until] = [Date.parse(filter.from ?? ''), Date.parse(filter.until ?? '')];
    const items = all.filter(
      (batch) => Date.parse(batch.window_end) > from && Date.parse(batch.window_start) < until,
    );
    const next = Number(cursor ?? 0) + PAGE;
    return Promise.resolve({
      items: items.slice(next - PAGE, next),
      next_cursor: next < items.length ? String(next) : null,
    });
  });
  return { days, listBatches };
}

/** Lets every request that was made be answered. */
const answered = () => new Promise((settle) => setTimeout(settle));

describe('the rows of a long list', () => {
  it('are all there at once by number, and read only where somebody looks', async () => {
    const { days, listBatches } = daemon(100);
    const rows = new BatchRows({ listBatches }, ALL);
    rows.count(days);
    expect([rows.calendar.rows, rows.at(1_234)]).toEqual([3_000, undefined]);
    rows.look('list', [rows.calendar.chunks[12]!]);
    await answered();
    expect(rows.at(1_234)?.id).toBe('b1234');
    expect(rows.at(0)).toBeUndefined();
    expect(listBatches).toHaveBeenCalledTimes(3);
    expect(listBatches.mock.calls[0]?.[0]).toMatchObject({
      from: '2026-11-11T00:00:00Z',
      until: '2026-11-12T00:00:00Z',
    });
  });

  it('are not asked for where somebody only scrolled past', async () => {
    const { days, listBatches } = daemon(100);
    const rows = new BatchRows({ listBatches }, ALL);
    rows.count(days);
    for (const chunk of rows.calendar.chunks) rows.look('list', [chunk]);
    await answered();
    const read = rows.calendar.chunks.filter((chunk) => rows.has(chunk));
    expect(read).toEqual([0, 1, 29].map((chunk) => rows.calendar.chunks[chunk]));
  });

  it('are read again where the counts changed or something isn’t finished, and kept elsewhere', async () => {
    const { days, listBatches } = daemon(100, ['failed']);
    const rows = new BatchRows({ listBatches }, ALL);
    const [today, yesterday] = [0, 1];
    const lookAtBoth = async () => {
      rows.look('list', rows.calendar.chunks.slice(today, yesterday + 1));
      await answered();
      const asked = listBatches.mock.calls.map(([filter]) => filter.from?.slice(0, 10));
      listBatches.mockClear();
      return [...new Set(asked)];
    };
    rows.count(days);
    expect(await lookAtBoth()).toEqual(['2026-11-23', '2026-11-22']);
    expect(await lookAtBoth()).toEqual([]);
    rows.count(days);
    expect(await lookAtBoth()).toEqual(['2026-11-23']);
    days[0]!.days[1]!.states = [{ state: 'expired', batches: 100 }];
    rows.count(days);
    expect(await lookAtBoth()).toEqual(['2026-11-23', '2026-11-22']);
  });

  it('say why they don’t come, and come once the daemon answers again', async () => {
    const { days, listBatches } = daemon(10);
    const rows = new BatchRows({ listBatches }, ALL);
    rows.count(days);
    const away = { code: 'offline' as const, title: '', detail: '', next_step: '', problem: null };
    listBatches.mockRejectedValueOnce(new CommandFailure(away));
    rows.look('list', rows.calendar.chunks.slice(0, 1));
    await answered();
    expect([rows.error?.code, rows.at(0)]).toEqual(['offline', undefined]);
    rows.look('list', rows.calendar.chunks.slice(0, 1));
    await answered();
    expect([rows.error, rows.at(0)?.id]).toEqual([undefined, 'b0']);
  });

  it('are those known already where the daemon gives none, as far as the filter lets them through', async () => {
    const { listBatches } = daemon(10);
    const known = [
      batchWith({ id: 'new', window_start: '2026-11-23T04:00:00Z' }),
      batchWith({ id: 'failed', state: 'failed', window_start: '2026-11-23T00:00:00Z' }),
      batchWith({ id: 'old', window_start: '2026-11-02T00:00:00Z' }),
    ];
    for (const [state, ids] of [
      [null, ['new', 'failed', 'old']],
      ['complete', ['new', 'old']],
    ] as const) {
      const rows = new BatchRows({ listBatches }, { ...ALL, state });
      rows.count(countBatches(known));
      rows.know(known);
      expect(Array.from({ length: rows.calendar.rows }, (_, row) => rows.at(row)?.id)).toEqual(ids);
    }
    // What is read takes their place.
    const rows = new BatchRows({ listBatches }, ALL);
    rows.count(countBatches(known));
    rows.know(known);
    rows.look('list', rows.calendar.chunks);
    await answered();
    expect(rows.at(0)?.id).toBe('b0');
  });

  it('are forgotten far from where somebody looks, but never where another looks', async () => {
    const { days, listBatches } = daemon(100);
    days[0]!.days = Array.from({ length: 80 }, (_, i) => ({
      day: new Date(MONDAY - i * DAY).toISOString(),
      states: [{ state: 'complete' as const, batches: 100 }],
    }));
    const rows = new BatchRows({ listBatches }, ALL);
    rows.count(days);
    rows.look('timeline', rows.calendar.chunks.slice(0, 1));
    for (const chunk of rows.calendar.chunks) {
      rows.look('list', [chunk]);
      await answered();
    }
    const kept = rows.calendar.chunks.flatMap((chunk, place) => (rows.has(chunk) ? [place] : []));
    expect([kept.length, kept[0], kept[1], kept.at(-1)]).toEqual([60, 0, 21, 79]);
    expect(listBatches).toHaveBeenCalledTimes(30 * 3 + 50);
  });
});
