import { describe, expect, it } from 'vitest';
import { changedFields, mergeOver } from './changes';
import { draftWith } from './fixtures';

describe('changed fields', () => {
  it('are none where only the order of a set differs', () => {
    const before = draftWith();
    const after = draftWith({
      input_regions: ['MAG-N', 'MAG'],
      signing_key_ids: ['key-1', 'key-2'],
      small_batch: { jitter: 100, minimum: 1_000, policy: 'pad' },
      valid_from: '2026-11-20T00:00:00.000Z',
      output_region: 'mag',
    });
    expect(changedFields(before, after)).toEqual([]);
  });

  it('come in the order of the form', () => {
    const after = draftWith({
      max_records_per_file: 100,
      period_minutes: 60,
      valid_through: '2027-01-01T00:00:00Z',
    });
    expect(changedFields(draftWith(), after)).toEqual([
      'period_minutes',
      'valid_through',
      'max_records_per_file',
    ]);
  });
});

describe("two people's changes", () => {
  const base = draftWith();
  const mine = draftWith({ period_minutes: 120, path_prefix: 'mine', travelers: 'ignore' });
  const theirs = draftWith({ path_prefix: 'theirs', storage_target: 'cdn-second', travelers: 'ignore' });

  it('are put together, mine on top, and what both changed is named', () => {
    expect(mergeOver(base, mine, theirs)).toEqual({
      merged: draftWith({
        period_minutes: 120,
        path_prefix: 'mine',
        storage_target: 'cdn-second',
        travelers: 'ignore',
      }),
      theirs: ['storage_target'],
      mine: ['period_minutes'],
      both: ['path_prefix'],
    });
  });

  it('leave the inputs as they were', () => {
    mergeOver(base, mine, theirs);
    expect(theirs.path_prefix).toBe('theirs');
    expect(base).toEqual(draftWith());
  });
});
