import { groupVersions } from '$lib/key-names';
import type { Batch, BatchState } from '$lib/api';
import type { Tone } from '$components/types';

/** What a batch's state means to a person; each has its colour, its shape and its words. */
export type Meaning =
  | { kind: 'published'; at: string }
  | { kind: 'nothing-to-publish'; at: string | null }
  | { kind: 'held-over'; keys: number; at: string | null }
  | { kind: 'waiting' }
  | { kind: 'in-work' }
  | { kind: 'unsigned' }
  | { kind: 'failed'; retryAt: string | null }
  | { kind: 'withdrawn' }
  | { kind: 'replaced' };

/** The states in the order in which the filter and the legend list them. */
export const STATES: readonly BatchState[] = [
  'open',
  'leased',
  'awaiting-signature',
  'complete',
  'failed',
  'expired',
  'superseded',
];

/** Says what a batch's state means. */
export function meaning(batch: Batch): Meaning {
  switch (batch.state) {
    case 'open':
      return { kind: 'waiting' };
    case 'leased':
      return { kind: 'in-work' };
    case 'awaiting-signature':
      return { kind: 'unsigned' };
    case 'failed':
      return { kind: 'failed', retryAt: batch.next_attempt_at };
    case 'expired':
      return { kind: 'withdrawn' };
    case 'superseded':
      return { kind: 'replaced' };
    case 'complete':
      return completed(batch);
  }
}

function completed(batch: Batch): Meaning {
  const publishedAt = batch.files.map((file) => file.published_at).find((at) => at !== null);
  if (publishedAt != null) return { kind: 'published', at: publishedAt };
  if (batch.files.length > 0) return { kind: 'published', at: batch.completed_at ?? batch.window_end };
  const held = batch.counts?.left_out.find((left) => left.rule === 'held-over')?.keys ?? 0;
  return held > 0
    ? { kind: 'held-over', keys: held, at: batch.completed_at }
    : { kind: 'nothing-to-publish', at: batch.completed_at };
}

const TONES: Record<Meaning['kind'], Tone> = {
  published: 'good',
  'nothing-to-publish': 'idle',
  'held-over': 'warn',
  waiting: 'wait',
  'in-work': 'wait',
  unsigned: 'wait',
  failed: 'bad',
  withdrawn: 'idle',
  replaced: 'idle',
};

/** Returns the tone of a meaning. */
export function toneOf(what: Meaning): Tone {
  return TONES[what.kind];
}

/** Whether an operator may ask for another attempt at once. */
export function canRetry(batch: Batch): boolean {
  return batch.state === 'failed';
}

/** Whether an operator may have its files made anew: only what was published can be replaced. */
export function canRegenerate(batch: Batch): boolean {
  return batch.state === 'complete' && batch.files.length > 0;
}

/** Totals over a batch's files. */
export function fileTotals(batch: Batch): { files: number; bytes: number } {
  return { files: batch.files.length, bytes: batch.files.reduce((sum, file) => sum + file.size_bytes, 0) };
}

/** Returns who signed a batch's files, `901 v1, v2` for one key id in two versions; empty without files. */
export function signers(batch: Batch): string {
  return groupVersions(batch.files.flatMap((file) => file.signed_by));
}
