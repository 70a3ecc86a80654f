import { expect, it } from 'vitest';
import { attemptLog } from './attempts';
import { batchWith } from './fixtures';

const failed = { attempt: 1, at: '2026-11-23T18:00:00Z', error: 'no space left on the device' };
const second = { attempt: 2, at: '2026-11-23T18:02:00Z', error: null };
const unfinished = { ...second, error: 'the daemon stopped before this attempt ended' };

const outcomes = (...batch: Parameters<typeof batchWith>) =>
  attemptLog(batchWith(...batch)).map(({ attempt, outcome }) => [attempt, outcome]);

it('lists attempts newest first, with how each ended', () => {
  expect(outcomes({ history: [failed, second] })).toEqual([
    [2, 'done'],
    [1, 'failed'],
  ]);
});

it('takes the last attempt for running while a daemon has the batch, whatever is noted of it', () => {
  expect(outcomes({ state: 'leased', history: [failed, unfinished] })).toEqual([
    [2, 'running'],
    [1, 'failed'],
  ]);
  expect(outcomes({ state: 'failed', history: [unfinished] })).toEqual([[2, 'failed']]);
});

it('says that an attempt came as far as the signatures', () => {
  expect(outcomes({ state: 'awaiting-signature', history: [second] })).toEqual([[2, 'unsigned']]);
});
