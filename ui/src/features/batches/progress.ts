/** How far a batch that is being made has come, as a share and in words. */
import type { BatchProgress, BatchStep } from '$lib/api';
import { t } from '$lib/i18n';

/** The steps in the order in which the daemon goes through them. */
const STEPS: readonly BatchStep[] = ['collecting', 'making-files', 'signing', 'storing', 'verifying'];

/** Returns the share that is done, from 0 to 1: every step counts the same, and within one every file. */
export function shareDone({ step, files, files_done }: BatchProgress): number {
  const inStep = files === null || files === 0 ? 0 : Math.min(1, files_done / files);
  return (STEPS.indexOf(step) + inStep) / STEPS.length;
}

/** Says the step, and how many files have come through it where that is known. */
export function progressWords({ step, files, files_done }: BatchProgress): string {
  const words = t.batches.progress;
  const name = words.steps[step];
  return files === null ? name : words.ofFiles(name, files_done, files);
}
