/** Recorded answers of the signing desk: one batch that waits, whose config changed since it was approved. */
import type {
  Batch,
  Message,
  ReviewCheck,
  ReviewedFile,
  SigningReview,
  SigningTask,
  SigningTerms,
  UnattendedSigning,
} from '../../src/lib/api';
import { batches, configs, sizeOf } from './data';
import { digest, id } from './time';

const config = configs[0]!;

export const awaitingBatch: Batch = {
  ...batches[0]!,
  id: id(290),
  config_id: config.id,
  output_region: config.fields.output_region,
  window_start: '2026-11-23T12:00:00Z',
  window_end: '2026-11-23T16:00:00Z',
  state: 'awaiting-signature',
  error: null,
  next_attempt_at: null,
  completed_at: null,
  files: [],
  history: [{ attempt: 1, at: '2026-11-23T18:00:30Z', error: null }],
  awaiting: {
    since: '2026-11-23T18:02:00Z',
    files: [
      {
        number: 1,
        digest: digest(71),
        start_timestamp: '2026-11-23T12:00:00Z',
        end_timestamp: '2026-11-23T16:00:00Z',
        keys: 2_914,
        revised_keys: 31,
        size_bytes: sizeOf(2_945),
      },
    ],
    signers: [
      {
        signing_key_id: id(16),
        key_id: '204',
        key_version: 'v2',
        fingerprint: digest(36),
        custody: 'console',
        signed: [],
      },
      {
        signing_key_id: id(12),
        key_id: '310',
        key_version: 'v2',
        fingerprint: digest(32),
        custody: 'daemon',
        signed: [1],
      },
      {
        signing_key_id: id(11),
        key_id: '310',
        key_version: 'v1',
        fingerprint: digest(31),
        custody: 'daemon',
        signed: [1],
      },
    ],
  },
};

export const signingTasks: SigningTask[] = [
  { batch: awaitingBatch, can_sign: ['204 v2'] },
  {
    batch: {
      ...awaitingBatch,
      id: id(291),
      output_region: 'MAG-N',
      awaiting: awaitingBatch.awaiting && { ...awaitingBatch.awaiting, since: '2026-11-23T18:40:00Z' },
    },
    can_sign: [],
  },
];

const now: SigningTerms = {
  config_id: config.id,
  output_region: config.fields.output_region,
  period_minutes: config.fields.period_minutes,
  valid_from: config.fields.valid_from,
  valid_through: null,
  storage_target: config.fields.storage_target,
  path_prefix: config.fields.path_prefix,
  max_records_per_file: config.fields.max_records_per_file,
  signers: [
    { name: '204 v2', fingerprint: digest(36) },
    { name: '310 v2', fingerprint: digest(32) },
    { name: '310 v1', fingerprint: digest(31) },
  ],
};

const check = (
  name: string,
  code: string,
  params: Message['params'] = {},
  passed = true,
  blocking = true,
): ReviewCheck => ({
  name,
  passed,
  blocking,
  detail: `the English of desk.${code}`,
  message: { code: `desk.${code}`, params },
});

const window = { start: '2026-11-23T12:00:00Z', end: '2026-11-23T16:00:00Z' };
const signs = ['204 v2', '310 v2', '310 v1'];
const asApproved = { at: '2026-11-14T09:20:00Z' };
const periodChanged = { ...asApproved, fields: [{ code: 'term.period-minutes', params: {} }] };

const file: ReviewedFile = {
  number: 1,
  digest: digest(71),
  region: config.fields.output_region,
  start_timestamp: '2026-11-23T12:00:00Z',
  end_timestamp: '2026-11-23T16:00:00Z',
  keys: 2_914,
  revised_keys: 31,
  signers: ['204 v2', '310 v2', '310 v1'],
  checks: [
    check('digest', 'digest', { sha256: digest(71) }),
    check('format', 'canonical', { bytes: sizeOf(2_945) }),
    check('region', 'region', { region: config.fields.output_region }),
    check('window', 'window', { ...window, batch_start: window.start, batch_end: window.end }),
    check('counts', 'counts', {
      keys: 2_914,
      revised: 31,
      bytes: sizeOf(2_945),
      said_keys: 2_914,
      said_revised: 31,
      said_bytes: sizeOf(2_945),
    }),
    check('order', 'ordered'),
    check('device-rules', 'rules-kept', { count: 12 }),
    check('signers', 'signers', { named: signs, awaited: signs }),
    check('first-signature', 'nothing-signed', {}, true, false),
  ],
};

export const clearReview: SigningReview = {
  batch: awaitingBatch,
  config: { now, approved: now, approved_at: '2026-11-14T09:20:00Z', changed: [] },
  can_sign: ['204 v2'],
  checks: [
    check('window-grid', 'grid', { ...window, minutes: 240 }),
    check('window-closed', 'closes', { end: window.end, now: '2026-11-23T18:48:00Z' }),
    check('config-approved', 'as-approved', asApproved, true, false),
  ],
  files: [file],
  acceptable: true,
  unattended: true,
};

/** The config's period was changed since the officer approved it. */
export const changedReview: SigningReview = {
  ...clearReview,
  config: {
    ...clearReview.config,
    approved: { ...now, period_minutes: 120 },
    changed: ['period_minutes'],
  },
  checks: [
    check('window-grid', 'grid', { ...window, minutes: 240 }),
    check('window-closed', 'closes', { end: window.end, now: '2026-11-23T18:48:00Z' }),
    check('config-approved', 'changed-since', periodChanged, false, false),
  ],
  unattended: false,
};

/** The daemon announced another digest than the bytes have. */
export const damagedReview: SigningReview = {
  ...clearReview,
  files: [
    {
      ...file,
      digest: digest(72),
      checks: [
        check('digest', 'digest-differs', { sha256: digest(72), announced: digest(71) }, false),
        ...file.checks.slice(1),
      ],
    },
  ],
  acceptable: false,
  unattended: false,
};

export const unattended: UnattendedSigning = {
  enabled: true,
  config_ids: [config.id],
  stopped: null,
  failing_since: null,
  last_run_at: '2026-11-23T18:47:00Z',
  last_result: {
    signed_batch_ids: [id(280), id(281)],
    left: [
      {
        batch_id: awaitingBatch.id,
        output_region: awaitingBatch.output_region,
        window_start: awaitingBatch.window_start,
        window_end: awaitingBatch.window_end,
        failed: [check('config-approved', 'changed-since', periodChanged, false, false)],
      },
    ],
    skipped: [],
    error: null,
  },
  tray: true,
};

/** Its key went from the keychain while nobody looked. */
export const stoppedUnattended: UnattendedSigning = {
  ...unattended,
  stopped: {
    code: 'key-not-here',
    title: 'This key is not in this computer\u2019s keychain',
    detail: 'The keychain has no item signing-key:9f2c.',
    next_step: 'Restore the key here from its backup.',
    problem: null,
  },
};
