import { expect, it } from 'vitest';
import type { BatchProgress } from '$lib/api';
import { progressWords, shareDone } from './progress';

it('grows from step to step, and within a step from file to file', () => {
  const course: BatchProgress[] = [
    { step: 'collecting', files: null, files_done: 0 },
    { step: 'making-files', files: null, files_done: 0 },
    { step: 'signing', files: 4, files_done: 0 },
    { step: 'signing', files: 4, files_done: 3 },
    { step: 'storing', files: 4, files_done: 0 },
    { step: 'verifying', files: 4, files_done: 4 },
  ];
  const shares = course.map(shareDone);
  expect(shares).toEqual([0, 0.2, 0.4, 0.55, 0.6, 1].map((share) => expect.closeTo(share) as number));
});

it('never passes the end of a step, nor divides by no files', () => {
  expect(shareDone({ step: 'signing', files: 0, files_done: 0 })).toBeCloseTo(0.4);
  expect(shareDone({ step: 'verifying', files: 2, files_done: 3 })).toBe(1);
});

it('names the step, and the files once they are counted', () => {
  expect(progressWords({ step: 'collecting', files: null, files_done: 0 })).toBe('Reading its keys');
  expect(progressWords({ step: 'storing', files: 3, files_done: 1 })).toBe(
    'Putting files in storage, 1 of 3 done',
  );
});
