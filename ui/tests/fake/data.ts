/**
 * What a daemon of a small health authority would answer on 23 November 2026 at 18:48 UTC. Shaped exactly as the
 * API's types; only the builds for tests hold it.
 */
import type {
  AttentionFacts,
  Batch,
  ClientCertificate,
  ConfigStatus,
  Connection,
  DaemonIdentity,
  ExportConfig,
  ExportFile,
  KeysPerBatch,
  Me,
  Message,
  Person,
  Status,
  StorageTarget,
} from '../../src/lib/api';
import { at, digest, id, NOW } from './time';

export { at, digest, NOW } from './time';
export { signingKeys } from './keys';

export const daemon: DaemonIdentity = {
  name: 'Magrathea',
  environment: 'production',
  sealing_public_key:
    'BHoxvq6Q1m8lN0v6m2g0o8C2mE3kq7b1T4n5uX9yZ0aAe1Wc2Rd3Sf4Tg5Uh6Vi7Wj8Xk9Yl0Zm1An2Bo3Cp4A=',
  sealing_fingerprint: digest(7),
};

export const connection: Connection = {
  state: 'enrolled',
  ca_sha256: digest(99),
  mark: 'MA',
  address: 'export.example.org:8443',
  daemon,
  person: 'Security officer',
  certificate_not_after: at(71 * 24 + 3),
};

export const stagingConnection: Connection = {
  ...connection,
  ca_sha256: digest(8),
  mark: 'MR',
  address: 'staging.example.org:8443',
  daemon: { ...daemon, name: 'Magrathea rehearsal', environment: 'staging' },
};

export const notEnrolled: Connection = {
  state: 'not-enrolled',
  ca_sha256: null,
  mark: null,
  address: null,
  daemon: null,
  person: null,
  certificate_not_after: null,
};

const certificate = (seed: number, from: number, revoked: number | null = null): ClientCertificate => ({
  fingerprint: digest(seed),
  not_before: at(from),
  not_after: at(from + 90 * 24),
  revoked_at: revoked === null ? null : at(revoked),
});

export const people: Person[] = [
  {
    id: id(1),
    name: 'Security officer',
    roles: ['viewer', 'operator', 'admin', 'security-officer'],
    revision: 1,
    created_at: at(-19 * 24),
    last_seen_at: at(-0.01),
    revoked_at: null,
    certificates: [certificate(21, -19 * 24)],
    code_expires_at: null,
  },
  {
    id: id(2),
    name: 'Operations desk',
    roles: ['viewer', 'operator'],
    revision: 2,
    created_at: at(-12 * 24),
    last_seen_at: at(-5),
    revoked_at: null,
    certificates: [certificate(22, -12 * 24)],
    code_expires_at: null,
  },
  {
    id: id(3),
    name: 'Key server north',
    roles: ['ingest'],
    revision: 1,
    created_at: at(-10 * 24),
    last_seen_at: at(-0.1),
    revoked_at: null,
    certificates: [certificate(23, -10 * 24)],
    code_expires_at: null,
  },
  {
    id: id(4),
    name: 'Analyst',
    roles: ['viewer'],
    revision: 1,
    created_at: at(-2),
    last_seen_at: null,
    revoked_at: null,
    certificates: [],
    code_expires_at: at(70),
  },
  {
    id: id(5),
    name: 'Export admin',
    roles: ['viewer', 'admin'],
    revision: 3,
    created_at: at(-40 * 24),
    last_seen_at: at(-6 * 24),
    revoked_at: at(-5 * 24),
    certificates: [certificate(25, -40 * 24, -5 * 24)],
    code_expires_at: null,
  },
  {
    id: id(6),
    name: 'Night shift',
    roles: ['viewer', 'operator'],
    revision: 1,
    created_at: at(-6 * 24),
    last_seen_at: null,
    revoked_at: null,
    certificates: [],
    code_expires_at: null,
  },
];

export const me: Me = { person: people[0] as Person, certificate: certificate(21, -19 * 24) };

/** Somebody who may read and not change. */
export const viewer: Me = { person: people[3] as Person, certificate: certificate(24, -2) };

function config(
  n: number,
  region: string,
  period: number,
  over: Partial<ExportConfig['fields']> = {},
): ExportConfig {
  return {
    id: id(n),
    revision: 2,
    state: 'active',
    fields: {
      output_region: region,
      input_regions: [],
      excluded_regions: [],
      travelers: 'include',
      storage_target: 'cdn-primary',
      path_prefix: region.toLowerCase(),
      period_minutes: period,
      valid_from: '2026-10-01T00:00:00Z',
      valid_through: null,
      signing_key_ids: [id(12), id(11)],
      max_records_per_file: 100_000,
      small_batch: { policy: 'pad', minimum: 1_000, jitter: 100 },
      ...over,
    },
    created_at: at(-50 * 24),
    updated_at: at(-9 * 24),
    windows_through: '2026-11-23T16:00:00Z',
  };
}

export const configs: ExportConfig[] = [
  // 204 v2 was put beside the others today, so only the newest batch waits for it.
  config(101, 'MAG', 240, { input_regions: ['MAG', 'MAG-N'], signing_key_ids: [id(12), id(11), id(16)] }),
  config(102, 'US-WA', 360, { travelers: 'only-non-travelers', excluded_regions: ['US-OR'] }),
  {
    ...config(103, 'EU', 1_440, { valid_through: '2026-11-30T00:00:00Z', signing_key_ids: [id(12), id(11)] }),
    state: 'paused',
  },
  {
    ...config(104, 'MAG-S', 240, {
      valid_from: '2026-12-01T00:00:00Z',
      signing_key_ids: [id(16), id(15), id(14)],
      small_batch: { policy: 'hold', minimum: 500 },
    }),
    state: 'scheduled',
    windows_through: null,
  },
  { ...config(105, 'US-OR', 360), windows_through: '2026-11-23T12:00:00Z' },
];

const configStatus = (
  config: ExportConfig,
  lastEnd: string | null,
  nextEnd: string | null,
  files: number,
): ConfigStatus => ({
  config_id: config.id,
  output_region: config.fields.output_region,
  period_minutes: config.fields.period_minutes,
  state: config.state,
  last_window_end: lastEnd,
  last_completed_at: lastEnd && at(2.05, lastEnd),
  next_window_end: nextEnd,
  next_due_at: nextEnd && at(2, nextEnd),
  files_last_24_hours: files,
});

const daily = [
  10_540, 9_880, 12_730, 11_690, 15_040, 14_470, 17_780, 16_560, 20_020, 19_150, 22_950, 21_930, 25_200,
  18_204,
];

/** What an attention's texts are made of, where they name nothing. */
/** Why the batch of US-WA failed. */
const noSpace: Message = {
  code: 'storage.writing',
  params: { target: 'cdn-primary', path: 'us-wa/1763877600-00001.zip', cause: 'no space left on the device' },
};

export const noFacts: AttentionFacts = {
  region: null,
  window_start: null,
  window_end: null,
  at: null,
  name: null,
  step: null,
  others: [],
  reason: null,
};
const windowOf = (region: string, window_start: string, window_end: string) => ({
  region,
  window_start,
  window_end,
});

export const status: Status = {
  daemon,
  version: '0.1.0',
  started_at: at(-61),
  now: NOW,
  min_window_age_seconds: 7_200,
  ca_not_after: at(3_400 * 24),
  public_url: 'https://export.example.org/v1',
  key_lookup: true,
  attention: [
    {
      severity: 'bad',
      kind: 'batch-failed',
      title: 'US-WA: a batch failed',
      detail:
        'The window 2026-11-23T06:00:00Z to 2026-11-23T12:00:00Z failed: storage target cdn-primary refused the file: no space left on the device. Phones of US-WA miss its keys, and later windows wait behind it. Remove the cause, then retry it',
      resource_id: id(202),
      facts: {
        ...noFacts,
        ...windowOf('US-WA', '2026-11-23T06:00:00Z', '2026-11-23T12:00:00Z'),
        reason: 'the English of storage.writing',
        reason_message: noSpace,
      },
    },
    {
      severity: 'bad',
      kind: 'batch-awaiting-signature',
      title: 'MAG: a batch awaits signatures',
      detail:
        'The files of the window 2026-11-23T12:00:00Z to 2026-11-23T16:00:00Z are made and lack the signature of 204 v2. The window is late: until then phones get neither its keys nor those of later windows. Review and sign them on a console that has the key',
      resource_id: id(290),
      facts: {
        ...noFacts,
        ...windowOf('MAG', '2026-11-23T12:00:00Z', '2026-11-23T16:00:00Z'),
        others: ['204 v2'],
      },
    },
    {
      severity: 'warn',
      kind: 'key-not-backed-up',
      title: '310 v2 has no backup',
      detail:
        'If the keychain that holds it is lost, so is the key, and phones accept nothing new until another one is rolled out. Write an encrypted backup from the console that generated it',
      resource_id: id(12),
      facts: { ...noFacts, name: '310 v2' },
    },
    {
      severity: 'warn',
      kind: 'config-paused',
      title: 'EU is paused',
      detail: 'No window is exported until it is resumed; then it catches up on all that passed',
      resource_id: id(103),
      facts: { ...noFacts, region: 'EU' },
    },
  ],
  configs: [
    configStatus(configs[2] as ExportConfig, '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', 1),
    configStatus(configs[0] as ExportConfig, '2026-11-23T12:00:00Z', '2026-11-23T16:00:00Z', 6),
    configStatus(configs[3] as ExportConfig, null, '2026-12-01T04:00:00Z', 0),
    configStatus(configs[4] as ExportConfig, '2026-11-23T12:00:00Z', '2026-11-23T18:00:00Z', 4),
    configStatus(configs[1] as ExportConfig, '2026-11-23T06:00:00Z', '2026-11-23T12:00:00Z', 4),
  ],
  days: daily.map((new_keys, i) => ({
    day: at((i - 13) * 24, '2026-11-23T00:00:00Z'),
    new_keys,
    revised_keys: Math.round(new_keys * 0.022) + (i % 3) * 30,
    generated: Math.round(1_500 - new_keys / 25),
  })),
};

/** Two weeks of a config's batches, each with its keys: more by day than at night. */
export const keysPerBatch = (config: ExportConfig | undefined): KeysPerBatch => {
  const minutes = config?.fields.period_minutes ?? 240;
  const count = config?.state === 'active' ? (14 * 24 * 60) / minutes : 0;
  return {
    batches: Array.from({ length: count }, (_, i) => {
      const window_end = at(((i + 1 - count) * minutes) / 60, config?.windows_through ?? NOW);
      const hour = Number(window_end.slice(11, 13));
      const new_keys = Math.round((900 + 40 * i) * (hour > 8 ? 1.3 : 0.4) + 120 * Math.sin(i));
      return {
        window_start: at(-minutes / 60, window_end),
        window_end,
        new_keys,
        revised_keys: Math.round(new_keys * 0.03),
        generated: new_keys < 1_000 ? 1_040 - new_keys : 0,
      };
    }),
  };
};

export const storageTargets: StorageTarget[] = [
  {
    name: 'cdn-primary',
    kind: 'folder',
    location: '/srv/tekport/export',
    public_url: 'https://export.example.org/v1',
    last_test: {
      passed: true,
      steps: ['write', 'read', 'compare', 'delete'].map((step) => ({ step, passed: true, detail: '' })),
      tested_at: at(-2.3),
    },
    recovered_at: null,
    problem: null,
  },
  {
    name: 'mirror',
    kind: 's3',
    location: 'bucket tek-mirror in eu-north-1',
    public_url: null,
    last_test: null,
    recovered_at: null,
    problem: null,
  },
];

/** What a zip with so many keys weighs: as the format's own benches say. */
export const sizeOf = (keys: number) => Math.round(keys * 20.9) + 700;

function file(
  n: number,
  config: ExportConfig,
  start: string,
  end: string,
  keys: number,
  revised: number,
): ExportFile {
  const unix = (time: string) => String(new Date(time).getTime() / 1_000).padStart(10, '0');
  const path = `${config.fields.path_prefix}/${unix(start)}-${unix(end)}-00001.zip`;
  return {
    id: id(n),
    path,
    url: `https://export.example.org/v1/${path}`,
    start_timestamp: start,
    end_timestamp: end,
    keys,
    revised_keys: revised,
    size_bytes: sizeOf(keys + revised),
    sha256: digest(n),
    signed_by: [
      { key_id: '310', key_version: 'v2' },
      { key_id: '310', key_version: 'v1' },
    ],
    published_at: at(2.03, end),
    withdrawn_at: null,
    deleted_at: null,
  };
}

function batch(n: number, config: ExportConfig, end: string, keys: number, over: Partial<Batch> = {}): Batch {
  const start = at(-config.fields.period_minutes / 60, end);
  const revised = Math.round(keys * 0.016);
  const generated = keys < 1_000 ? 1_040 - keys : 0;
  return {
    id: id(n),
    config_id: config.id,
    output_region: config.fields.output_region,
    window_start: start,
    window_end: end,
    state: 'complete',
    attempts: 1,
    error: null,
    next_attempt_at: null,
    completed_at: at(2.05, end),
    counts: {
      received: keys + revised + 130,
      from_earlier: 112,
      new_keys: keys,
      revised_keys: revised,
      generated,
      embargoed: 218,
      left_out: [{ rule: 'traveler', keys: 24 }],
    },
    files: [file(n + 1_000, config, start, end, keys + generated, revised)],
    generation: 0,
    awaiting: null,
    history: [],
    progress: null,
    ...over,
  };
}

const [mag, wa, eu, , or] = configs as [ExportConfig, ExportConfig, ExportConfig, ExportConfig, ExportConfig];

/** Windows of a config that went well, newest first: `count` of them, the newest ending at `end`. */
const published = (n: number, config: ExportConfig, end: string, count: number, keys: number): Batch[] =>
  Array.from({ length: count }, (_, i) =>
    batch(
      n + i,
      config,
      at((-i * config.fields.period_minutes) / 60, end),
      keys + Math.round(keys * 0.4 * Math.sin(i * 1.7)),
    ),
  );

export const batches: Batch[] = [
  batch(201, mag, '2026-11-23T16:00:00Z', 2_991, {
    state: 'leased',
    completed_at: null,
    counts: null,
    files: [],
  }),
  batch(202, wa, '2026-11-23T12:00:00Z', 5_870, {
    state: 'failed',
    attempts: 4,
    error: 'the English of storage.writing',
    error_message: noSpace,
    next_attempt_at: at(4 / 60),
    completed_at: null,
    counts: null,
    files: [],
  }),
  ...published(210, mag, '2026-11-23T12:00:00Z', 10, 2_400),
  ...published(230, wa, '2026-11-23T06:00:00Z', 5, 5_600),
  ...published(250, or, '2026-11-23T12:00:00Z', 5, 1_900),
  batch(207, eu, '2026-11-23T00:00:00Z', 48_112, { generation: 1 }),
  batch(208, eu, '2026-11-23T00:00:00Z', 48_090, { state: 'superseded' }),
  batch(240, wa, '2026-11-22T00:00:00Z', 0, {
    files: [],
    counts: {
      received: 41,
      from_earlier: 0,
      new_keys: 0,
      revised_keys: 0,
      generated: 0,
      embargoed: 0,
      left_out: [{ rule: 'held-over', keys: 41 }],
    },
  }),
  batch(209, mag, '2026-11-09T00:00:00Z', 2_209, { state: 'expired' }),
].sort((a, b) => b.window_end.localeCompare(a.window_end) || a.id.localeCompare(b.id));
