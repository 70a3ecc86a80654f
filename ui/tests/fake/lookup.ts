/** What the recorded daemon answers to "where is this key?". */
import type {
  LookupFile,
  LookupInConfig,
  LookupOutcome,
  TekLookup,
  TekLookupRequest,
  TekState,
} from '../../src/lib/api';
import { at, batches, configs, NOW } from './data';

const published = batches.find((batch) => batch.files.length > 0 && batch.state === 'complete')!;
const failed = batches.find((batch) => batch.state === 'failed')!;

const inBatch = (
  batch: typeof published,
  outcome: LookupOutcome,
  files: LookupFile[] = [],
): LookupInConfig => ({
  config_id: batch.config_id,
  output_region: batch.output_region,
  outcome,
  window: { start: batch.window_start, end: batch.window_end, due_at: at(2, batch.window_end) },
  held_windows: 0,
  batch_id: batch.id,
  batch_state: batch.state,
  files,
});

const without = (n: number, outcome: LookupOutcome): LookupInConfig => ({
  config_id: configs[n]!.id,
  output_region: configs[n]!.fields.output_region,
  outcome,
  window: null,
  held_windows: 0,
  batch_id: null,
  batch_state: null,
  files: [],
});

const others = configs
  .slice(1)
  .map((_, n) => without(n + 1, n === 0 ? 'region-excluded' : 'region-not-taken'));
const file: LookupFile = {
  file_id: published.files[0]!.id,
  path: published.files[0]!.path,
  revised: false,
  published_at: published.files[0]!.published_at,
  withdrawn_at: null,
};

const state: Omit<TekState, 'configs'> = {
  revision: 0,
  group: null,
  valid_from: '2026-11-22T00:00:00Z',
  valid_until: '2026-11-23T00:00:00Z',
  releasable_at: '2026-11-23T02:00:00Z',
  received_at: null,
  waits_until: null,
  regions: ['MAG', 'MAG-N'],
};

const waiting: TekState = {
  ...state,
  valid_from: '2026-11-23T00:00:00Z',
  valid_until: '2026-11-24T00:00:00Z',
  releasable_at: '2026-11-24T02:00:00Z',
  received_at: at(-2),
  waits_until: '2026-11-24T02:00:00Z',
  configs: [
    {
      ...without(0, 'embargoed'),
      window: {
        start: '2026-11-24T00:00:00Z',
        end: '2026-11-24T04:00:00Z',
        due_at: '2026-11-24T06:00:00Z',
      },
    },
    ...others,
  ],
};

/** Keys of a time: they are in the window's file, and in a batch that failed; some were still valid. */
const received = (region: string, keys: number): TekState[] => [
  {
    ...state,
    group: { keys: keys === 0 ? 0 : keys - 4, still_valid: false, traveler: false },
    valid_from: null,
    valid_until: null,
    releasable_at: null,
    regions: [region],
    configs: [inBatch(failed, 'waiting'), inBatch(published, 'published', [file]), ...others.slice(1)],
  },
  {
    ...waiting,
    group: { keys: keys === 0 ? 0 : 4, still_valid: true, traveler: false },
    valid_from: null,
    valid_until: null,
    received_at: null,
    regions: keys === 0 ? [region] : [region, `${region}-N`],
  },
];

const changed: TekState[] = [
  { ...state, configs: [inBatch(published, 'published', [file]), ...others] },
  {
    ...state,
    revision: 1,
    configs: [
      {
        ...without(0, 'held-over'),
        held_windows: 1,
        window: {
          start: '2026-11-23T16:00:00Z',
          end: '2026-11-23T20:00:00Z',
          due_at: '2026-11-23T22:00:00Z',
        },
      },
      ...others,
    ],
  },
];

/**
 * Answers by what the key begins with: `w` waits, `n` is not there, everything else was published. Of every region keys
 * came in, but of EU.
 */
export function lookUp({ key, received_at, region }: TekLookupRequest): TekLookup {
  const answer = { answered_at: NOW, kept_days: 15 };
  if (key !== null) {
    const states = key.startsWith('w') ? [waiting] : changed;
    return { ...answer, receipts: null, states: key.startsWith('n') ? [] : states };
  }
  const from = new Date(Math.floor(Date.parse(received_at ?? NOW) / 600_000) * 600_000).toISOString();
  const keys = region === 'EU' ? 0 : 31;
  const receipts = { from, until: at(1 / 6, from), keys };
  return { ...answer, receipts, states: received(region ?? '', keys) };
}
