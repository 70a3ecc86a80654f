import { describe, expect, it } from 'vitest';
import { batchWith, countsWith, fileWith } from './fixtures';
import { canRegenerate, canRetry, fileTotals, meaning, signers, toneOf } from './state';
import { longWords } from './words';

describe("what a batch's state means", () => {
  it('is published once its file is in the index', () => {
    expect(meaning(batchWith())).toEqual({ kind: 'published', at: '2026-11-23T18:02:00Z' });
  });

  it('is nothing to publish where no key came in', () => {
    const empty = batchWith({ files: [], counts: countsWith() });
    expect(meaning(empty)).toEqual({ kind: 'nothing-to-publish', at: '2026-11-23T18:02:01Z' });
    expect(toneOf(meaning(empty))).toBe('idle');
  });

  it('is held over where too few keys came in', () => {
    const held = batchWith({
      files: [],
      counts: countsWith({ received: 12, left_out: [{ rule: 'held-over', keys: 12 }] }),
    });
    expect(meaning(held)).toEqual({ kind: 'held-over', keys: 12, at: '2026-11-23T18:02:01Z' });
  });

  it('is failed with the time of the next attempt', () => {
    const failed = batchWith({
      state: 'failed',
      next_attempt_at: '2026-11-23T18:10:00Z',
      files: [],
      counts: null,
    });
    expect(meaning(failed)).toEqual({ kind: 'failed', retryAt: '2026-11-23T18:10:00Z' });
    expect(toneOf(meaning(failed))).toBe('bad');
  });

  it.each([
    ['open', 'waiting'],
    ['leased', 'in-work'],
    ['awaiting-signature', 'unsigned'],
    ['expired', 'withdrawn'],
    ['superseded', 'replaced'],
  ] as const)('%s is %s', (state, kind) => {
    expect(meaning(batchWith({ state })).kind).toBe(kind);
  });
});

it('offers a retry for a failed batch and a regeneration for a published one, and nothing else', () => {
  expect(canRetry(batchWith({ state: 'failed' }))).toBe(true);
  expect(canRetry(batchWith())).toBe(false);
  expect(canRegenerate(batchWith())).toBe(true);
  expect(canRegenerate(batchWith({ state: 'superseded' }))).toBe(false);
  expect(canRegenerate(batchWith({ files: [] }))).toBe(false);
});

it('adds up files and names signers by key id', () => {
  const split = batchWith({
    files: [fileWith(), fileWith({ id: 'file-2', signed_by: [{ key_id: '310', key_version: 'v1' }] })],
  });
  expect(fileTotals(split)).toEqual({ files: 2, bytes: 126_000 });
  expect(signers(split)).toBe('901 v2, v1; 310 v1');
  expect(signers(batchWith({ files: [] }))).toBe('');
});

it('says of a window that is made anew that phones have its old files', () => {
  for (const state of ['open', 'awaiting-signature', 'failed'] as const) {
    const what = meaning(batchWith({ state }));
    expect(longWords(what, true)).toMatch(/^(?!.*later windows of this config wait).*/);
    expect(longWords(what, true)).toContain('old files stay offered');
    expect(longWords(what)).not.toContain('old files');
  }
});
