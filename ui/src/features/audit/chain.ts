/** What a check of the log comes to. */
import type { Tone } from '$components/types';
import type { AuditCheck } from '$lib/api';

/**
 * `broken`: an entry doesn't fit, and the daemon says so. `untrue`: it says that the log is whole, and what this console
 * read of it isn't. `other`: the chain holds, and it isn't the one that this console saw before.
 * `empty`: no entries. `first`: whole, and seen for the first time. `whole`: whole, and the one that was seen before.
 */
export type Judgement = 'broken' | 'untrue' | 'other' | 'empty' | 'first' | 'whole';

export const judgementTones: Record<Judgement, Tone> = {
  broken: 'bad',
  untrue: 'bad',
  other: 'bad',
  empty: 'idle',
  first: 'good',
  whole: 'good',
};

export function judge({ verification, read, agrees }: AuditCheck): Judgement {
  if (verification.broken !== null) return 'broken';
  if (read.broken !== null) return 'untrue';
  if (agrees === false) return 'other';
  if (verification.head === null) return 'empty';
  return agrees === null ? 'first' : 'whole';
}
