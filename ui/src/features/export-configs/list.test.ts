import type { ConfigStatus } from '$lib/api';
import { describe, expect, it } from 'vitest';
import { configWith } from './fixtures';
import { filterRows, joinStatus, nextSort, readView, sortRows, writeView } from './list';

const status = (config_id: string, next_due_at: string | null): ConfigStatus => ({
  config_id,
  output_region: 'MAG',
  period_minutes: 240,
  state: 'active',
  last_window_end: null,
  last_completed_at: null,
  next_window_end: next_due_at,
  next_due_at,
  files_last_24_hours: 0,
});
const configs = [
  configWith(
    { output_region: 'US-WA', input_regions: [], period_minutes: 360, path_prefix: 'v1/wa' },
    { id: 'wa' },
  ),
  configWith({ output_region: 'MAG' }, { id: 'mag' }),
  configWith({ output_region: 'EU', input_regions: [], path_prefix: 'eu' }, { id: 'eu', state: 'paused' }),
];
const rows = joinStatus(configs, [
  status('wa', '2026-11-23T20:00:00Z'),
  status('mag', '2026-11-23T22:00:00Z'),
  status('eu', '2026-11-23T18:00:00Z'),
]);
const ids = (list: typeof rows): string[] => list.map((row) => row.config.id);

describe('the list of configs', () => {
  it('sorts by region, and turns round', () => {
    expect(ids(sortRows(rows, { key: 'region', descending: false }))).toEqual(['eu', 'mag', 'wa']);
    expect(ids(sortRows(rows, { key: 'region', descending: true }))).toEqual(['wa', 'mag', 'eu']);
  });

  it('puts a paused config after all that have a next window', () => {
    expect(ids(sortRows(rows, { key: 'next', descending: false }))).toEqual(['wa', 'mag', 'eu']);
  });

  it('breaks ties by region', () => {
    expect(ids(sortRows(rows, { key: 'period', descending: false }))).toEqual(['eu', 'mag', 'wa']);
  });

  it('finds by region, input, storage and prefix, whatever the case', () => {
    expect(ids(filterRows(rows, 'mag-n', 'all'))).toEqual(['mag']);
    expect(ids(filterRows(rows, 'V1/', 'all'))).toEqual(['wa']);
    expect(ids(filterRows(rows, '', 'paused'))).toEqual(['eu']);
    expect(ids(filterRows(rows, 'nowhere', 'all'))).toEqual([]);
  });

  it('turns the same column round and starts another one ascending', () => {
    expect(nextSort({ key: 'region', descending: false }, 'region')).toEqual({
      key: 'region',
      descending: true,
    });
    expect(nextSort({ key: 'region', descending: true }, 'period')).toEqual({
      key: 'period',
      descending: false,
    });
  });

  it("shows a config that the status doesn't know", () => {
    expect(joinStatus(configs, []).map((row) => row.status)).toEqual([null, null, null]);
  });

  it('stands in the address, and comes out of it as it was', () => {
    const view = { text: 'a&b=ü', state: 'paused', sort: { key: 'next', descending: true } } as const;
    expect(writeView(view)).toBe('find=a%26b%3D%C3%BC&state=paused&sort=-next');
    expect(readView(writeView(view))).toEqual(view);
    const start = { text: '', state: 'all', sort: { key: 'region', descending: false } } as const;
    expect([writeView(start), readView('')]).toEqual(['', start]);
    expect(readView('sort=-colour&state=gone')).toEqual(start);
  });
});
