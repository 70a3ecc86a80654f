import { afterEach, expect, it, vi } from 'vitest';
import { commands } from './commands';
import { recall } from './last-known';
import { status } from '../../tests/fake/data';
import { batchWith } from '../features/batches/fixtures';

const known = {
  status: { at: '2026-11-23T16:00:00Z', value: status },
  export_configs: null,
  batches: { at: '2026-11-23T17:00:00Z', value: { items: [], next_cursor: null } },
  signing_keys: null,
  storage_targets: null,
  batch_days: null,
  people: null,
  audit: { at: '2026-11-23T17:30:00Z', value: { items: [], next_cursor: null } },
  audit_choices: null,
  batch_pages: [{ at: '2026-11-23T17:10:00Z', value: batchWith() }],
  rotations: [],
};

afterEach(() => vi.restoreAllMocks());

it('finds what is kept by the key of the query', async () => {
  vi.spyOn(commands, 'lastKnown').mockResolvedValue(known);
  expect(await recall('status')).toEqual({ data: status, at: Date.parse('2026-11-23T16:00:00Z') });
  expect(await recall('export-configs')).toBeUndefined();
  expect(await recall('people')).toBeUndefined();
  expect(await recall('constructor')).toBeUndefined();
  expect(await recall('constructor x')).toBeUndefined();
});

it('finds the page of a thing by its id, and the whole audit log but no part of it', async () => {
  vi.spyOn(commands, 'lastKnown').mockResolvedValue(known);
  expect(await recall('batch batch-1')).toEqual({
    data: batchWith(),
    at: Date.parse('2026-11-23T17:10:00Z'),
  });
  expect(await recall('batch another')).toBeUndefined();
  expect(await recall('rotation batch-1')).toBeUndefined();
  expect(await recall('audit ')).toBeDefined();
  expect(await recall('audit kind=person')).toBeUndefined();
});

it('has nothing where the copy can not be read', async () => {
  vi.spyOn(commands, 'lastKnown').mockRejectedValue(new Error('no such folder'));
  expect(await recall('status')).toBeUndefined();
});
