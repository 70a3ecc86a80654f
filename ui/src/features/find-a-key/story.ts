/** What became of a key in one config, step by step: received, released, exported, in a file. */
import type { LookupInConfig, LookupOutcome, ReceiptGroup, TekState } from '$lib/api';
import type { StepperStep, Tone } from '$components/types';
import { utcFull, utcWindow } from '$lib/format';
import { t } from '$lib/i18n';

/** How each outcome shows, in the order in which configs are listed: first those in which something happens. */
const TONES: Record<LookupOutcome, Tone> = {
  published: 'good',
  missing: 'bad',
  withdrawn: 'idle',
  waiting: 'wait',
  paused: 'warn',
  'held-over': 'warn',
  'window-open': 'wait',
  embargoed: 'wait',
  'no-file': 'idle',
  superseded: 'idle',
  'revoked-before-release': 'idle',
  'before-start': 'idle',
  ended: 'idle',
  traveler: 'idle',
  'region-excluded': 'idle',
  'region-not-taken': 'idle',
};
const ORDER = Object.keys(TONES) as LookupOutcome[];

/** Outcomes of keys that the config takes: only they have a way to a file. */
const ON_THE_WAY = new Set(ORDER.slice(0, ORDER.indexOf('no-file')));

/** Returns how an outcome shows. A batch that failed is what somebody has to see to. */
export function toneOf({ outcome, batch_state }: LookupInConfig): Tone {
  return outcome === 'waiting' && batch_state === 'failed' ? 'bad' : TONES[outcome];
}

/** Returns the configs with those first in which something happens to the key. */
export function inOrder(configs: readonly LookupInConfig[]): LookupInConfig[] {
  const rank = ({ outcome }: LookupInConfig) => ORDER.indexOf(outcome);
  return [...configs].sort((a, b) => rank(a) - rank(b));
}

/** What it came to in one sentence; of a group of keys that none came of, where one would belong. */
export function sentence(found: LookupInConfig, group: ReceiptGroup | null = null): string {
  const words = t.findAKey.sentences;
  const window = found.window ? utcWindow(found.window.start, found.window.end) : '';
  if (group?.keys === 0 && window !== '') return t.findAKey.answer.receipt.wouldGo(window);
  const [file] = found.files;
  switch (found.outcome) {
    case 'window-open':
      return words.windowOpen(window, found.window ? utcFull(found.window.due_at) : '');
    case 'embargoed':
      return group === null ? words.embargoed(window) : words.embargoedGroup(window);
    case 'held-over':
      return words.heldOver(found.held_windows, window);
    case 'waiting':
      return found.batch_state === null
        ? words.waiting(window)
        : words.waitingBatch(window, t.batches.states[found.batch_state]);
    case 'paused':
      return words.paused(window);
    case 'published':
      return file?.revised === true ? words.publishedRevised : words.published(found.files.length);
    case 'withdrawn':
      return words.withdrawn(found.files.length, file?.withdrawn_at ? utcFull(file.withdrawn_at) : '');
    default:
      return words.plain[found.outcome];
  }
}

/** Returns the steps of a key that the config takes; none where a rule keeps it out, or none came. */
export function stepsOf(state: TekState, found: LookupInConfig): StepperStep[] {
  if (!ON_THE_WAY.has(found.outcome) || state.group?.keys === 0) return [];
  const words = t.findAKey.steps;
  const waits = found.outcome === 'embargoed';
  const exported = found.batch_id !== null && ['published', 'withdrawn', 'missing'].includes(found.outcome);
  const window = found.window ? utcWindow(found.window.start, found.window.end) : '';
  const [file] = found.files;
  const released: StepperStep = {
    name: words.released,
    note: state.releasable_at ? words.from(utcFull(state.releasable_at)) : words.atOnce,
    outcome: waits ? 'at' : 'done',
  };
  return [
    {
      name: words.received,
      note: state.received_at ? utcFull(state.received_at) : '',
      outcome: 'done',
    },
    released,
    {
      name: words.window,
      note: found.held_windows > 0 ? words.held(window, found.held_windows) : window,
      outcome: exported ? 'done' : waits ? 'todo' : found.batch_state === 'failed' ? 'bad' : 'at',
    },
    {
      name: words.file,
      note: file?.published_at ? words.since(utcFull(file.published_at)) : '',
      outcome: found.outcome === 'missing' ? 'bad' : exported ? 'done' : 'todo',
    },
  ];
}
