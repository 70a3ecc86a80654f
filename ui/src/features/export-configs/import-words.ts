import type { Tone } from '$components/types';
import type { ImportOutcome } from '$lib/api';

/** How each outcome looks: what takes something back is a warning, what can't be done is not a failure of the daemon's. */
export const outcomeTone: Record<ImportOutcome, Tone> = {
  create: 'wait',
  change: 'wait',
  outdated: 'warn',
  unchanged: 'idle',
  refused: 'bad',
};
