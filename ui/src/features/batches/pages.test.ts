import { describe, expect, it, vi } from 'vitest';
import type { Batch, BatchFilter } from '$lib/api';
import { batchWith } from './fixtures';
import { readPages, readSince } from './pages';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;

/** A list of batches, an hour apart and newest first, three on a page. */
function listOf(count: number) {
  const iso = (at: number) => new Date(at).toISOString();
  const all: Batch[] = Array.from({ length: count }, (_, i) =>
    batchWith({ id: `b${i}`, window_start: iso(NOON - (i + 1) * HOUR), window_end: iso(NOON - i * HOUR) }),
  );
  return vi.fn((_filter: BatchFilter, cursor: string | null) => {
    const from = Number(cursor ?? 0);
    const next = from + 3;
    return Promise.resolve({ items: all.slice(from, next), next_cursor: next < count ? String(next) : null });
  });
}

describe('reading pages', () => {
  it('goes on from cursor to cursor and says where it stopped', async () => {
    const listBatches = listOf(10);
    const filter = { config_id: 'config-1', state: null, from: null, until: null };
    const { items, next_cursor } = await readPages({ listBatches }, filter, 2);
    expect(items.map((batch) => batch.id)).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5']);
    expect(next_cursor).toBe('6');
    expect(listBatches).toHaveBeenLastCalledWith(filter, '3');
  });

  it('stops at the end of the list', async () => {
    const { items, next_cursor } = await readPages(
      { listBatches: listOf(4) },
      { config_id: null, state: null, from: null, until: null },
      9,
    );
    expect(items).toHaveLength(4);
    expect(next_cursor).toBeNull();
  });
});

describe('reading back to a time', () => {
  it('stops once a whole page is older', async () => {
    const listBatches = listOf(100);
    const { items, next_cursor } = await readSince({ listBatches }, NOON - 4 * HOUR);
    expect(items).toHaveLength(9);
    expect(listBatches).toHaveBeenCalledTimes(3);
    expect(next_cursor).toBeNull();
  });

  it('says when it gave up before the time was reached', async () => {
    const { items, next_cursor } = await readSince({ listBatches: listOf(1_000) }, NOON - 500 * HOUR);
    expect(items).toHaveLength(60);
    expect(next_cursor).toBe('60');
  });
});
