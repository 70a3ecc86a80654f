/** What each attempt at a batch came to. */
import type { Batch, BatchAttempt } from '$lib/api';
import type { Tone } from '$components/types';

/** How an attempt stands: `running` while a daemon is at it, when the daemon notes it as unfinished. */
export type AttemptOutcome = 'running' | 'unsigned' | 'failed' | 'done';

export interface LoggedAttempt extends BatchAttempt {
  outcome: AttemptOutcome;
}

export const ATTEMPT_TONES: Record<AttemptOutcome, Tone> = {
  running: 'wait',
  unsigned: 'wait',
  failed: 'bad',
  done: 'good',
};

/** Returns a batch's attempts, newest first. */
export function attemptLog(batch: Batch): LoggedAttempt[] {
  const last = batch.history.length - 1;
  return batch.history
    .map((attempt, i) => ({ ...attempt, outcome: outcomeOf(attempt, i === last, batch) }))
    .reverse();
}

function outcomeOf(attempt: BatchAttempt, isLast: boolean, batch: Batch): AttemptOutcome {
  if (isLast && batch.state === 'leased') return 'running';
  if (attempt.error !== null) return 'failed';
  return isLast && batch.state === 'awaiting-signature' ? 'unsigned' : 'done';
}
