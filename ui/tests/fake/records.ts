/** The audit log of the recorded daemon. */
import type {
  AuditCheck,
  AuditChoices,
  AuditEntry,
  AuditFilter,
  AuditResult,
  Json,
  QrCode,
} from '../../src/lib/api';
import { at, batches, configs, digest, NOW, people } from './data';

type Act = [
  actor: number | 'local' | 'daemon',
  action: string,
  kind: string,
  id: string,
  before?: Json,
  after?: Json,
  result?: AuditResult,
];

const mag = configs[0]!;
const key = '01931000-0000-7000-8000-000000000012';
const wa = batches.find((batch) => batch.state === 'failed') ?? batches[0]!;
const fields = mag.fields as unknown as { [name: string]: Json };

/** What people did, newest first; the imports of the key server lie between. */
const acts: Act[] = [
  [1, 'batch.retry', 'batch', wa.id, { attempts: 3, error: wa.error }],
  [
    0,
    'export-config.update',
    'export-config',
    mag.id,
    { revision: 1, paused: false, fields: { ...fields, period_minutes: 360, input_regions: ['MAG'] } },
    { revision: 2, paused: false, fields },
  ],
  [1, 'tek.lookup', 'tek', 'by-key', undefined, { found: true, outcomes: ['published'] }],
  [1, 'storage-target.test', 'storage-target', 'cdn-primary', { begun: 211 }, { passed: true }],
  [1, 'storage-target.test', 'storage-target', 'cdn-primary', undefined, undefined, 'unknown'],
  [
    0,
    'person.update',
    'person',
    people[1]!.id,
    { name: 'Operations desk', roles: ['viewer'] },
    { name: 'Operations desk', roles: ['viewer', 'operator'] },
  ],
  [0, 'person.invite', 'person', people[3]!.id, undefined, { name: 'Analyst', roles: ['viewer'] }],
  [
    'local',
    'teks.import',
    'teks',
    '01931000-0000-7000-8000-000000000771',
    { begun: 95 },
    { error: 'line 3 is no key: no space left on the device' },
    'failed',
  ],
  [0, 'signing-key.provision', 'signing-key', key, { provisioned: false }, { provisioned: true }],
  [0, 'signing-key.register', 'signing-key', key, undefined, { key_id: '310', key_version: 'v2' }],
  [4, 'export-config.create', 'export-config', mag.id, undefined, { revision: 1, paused: false, fields }],
  ['local', 'person.invite', 'person', people[0]!.id, undefined, { name: 'Security officer' }],
];

const ENTRIES = 240;
/** One of so many entries is an act of a person's. */
const EVERY = 19;

const actors: Record<string, { id: string; name: string }> = {
  local: { id: 'local', name: 'command line' },
  daemon: { id: 'daemon', name: 'tekportd' },
};

function entry(back: number): AuditEntry {
  const sequence = ENTRIES - back;
  const act = back % EVERY === 0 ? acts[back / EVERY] : undefined;
  const received = 900 + ((back * 7_919) % 700);
  const [who, action, kind, id, before, after, result]: Act = act ?? [
    2,
    'teks.import',
    'teks',
    at(-back / 2),
    undefined,
    { received, accepted: received - 3, revised: 1, duplicates: 2, embargoed: 88, refused: 0 },
  ];
  const person = typeof who === 'number' ? people[who] : undefined;
  const actor = actors[String(who)] ?? { id: person?.id ?? '', name: person?.name ?? '' };
  return {
    sequence,
    at: at(-back / 2),
    actor_id: actor.id,
    actor_name: actor.name,
    certificate: person?.certificates[0]?.fingerprint ?? null,
    action,
    resource_kind: kind,
    resource_id: id,
    result: result ?? 'ok',
    before: before ?? null,
    after: after ?? null,
    previous_hash: sequence === 1 ? '0'.repeat(64) : digest(1_000 + sequence - 1),
    hash: digest(1_000 + sequence),
  };
}

const log: AuditEntry[] = Array.from({ length: ENTRIES }, (_, back) => entry(back));

const PAGE = 100;

export function listAudit(filter: AuditFilter, cursor: string | null) {
  const wanted = log.filter(
    (one) =>
      (!filter.actor_id || one.actor_id === filter.actor_id) &&
      (!filter.action || one.action === filter.action) &&
      (!filter.resource_kind || one.resource_kind === filter.resource_kind) &&
      (!filter.resource_id || one.resource_id === filter.resource_id) &&
      (!filter.result || one.result === filter.result) &&
      (!filter.from || one.at >= filter.from) &&
      (!filter.until || one.at < filter.until),
  );
  const from = Number(cursor ?? 0);
  const next = from + PAGE;
  return { items: wanted.slice(from, next), next_cursor: next < wanted.length ? String(next) : null };
}

export const auditChoices: AuditChoices = {
  actors: [...new Map(log.map((one) => [one.actor_id, one.actor_name]))]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en')),
  actions: [...new Set(log.map((one) => one.action))].sort(),
  resource_kinds: [...new Set(log.map((one) => one.resource_kind))].sort(),
};

const seen = { head: { sequence: 188, hash: digest(1_188) }, seen_at: at(-3 * 24) };

export const auditCheck: AuditCheck = {
  verification: {
    checked_at: NOW,
    head: { sequence: ENTRIES, hash: digest(1_000 + ENTRIES) },
    broken: null,
    at: seen.head,
  },
  read: { entries: ENTRIES, broken: null },
  earlier: seen,
  agrees: true,
};

/** A daemon that calls its log whole, and shows one that isn't. */
export const untrueAuditCheck: AuditCheck = {
  ...auditCheck,
  read: {
    entries: ENTRIES,
    broken: {
      sequence: 142,
      kind: 'altered',
      detail: 'audit entry 142 was changed in the database after it was written',
    },
  },
};

/** The end of the log was cut off: it holds together, and has less than this console saw. */
export const cutAuditCheck: AuditCheck = {
  verification: {
    checked_at: NOW,
    head: { sequence: 150, hash: digest(1_150) },
    broken: null,
    at: null,
  },
  read: { entries: 150, broken: null },
  earlier: seen,
  agrees: false,
};

export const brokenAuditCheck: AuditCheck = {
  verification: {
    checked_at: NOW,
    head: { sequence: 141, hash: digest(1_141) },
    broken: {
      sequence: 142,
      kind: 'altered',
      detail: 'audit entry 142 was changed in the database after it was written',
    },
    at: null,
  },
  read: {
    entries: ENTRIES,
    broken: {
      sequence: 142,
      kind: 'altered',
      detail: 'audit entry 142 was changed in the database after it was written',
    },
  },
  earlier: seen,
  agrees: false,
};

/** A square that looks like a code: its contents are not. */
export const qrCode: QrCode = (() => {
  const size = 73;
  let path = '';
  const finder = (x: number, y: number) => {
    path += `M${x} ${y}h7v7h-7zM${x + 1} ${y + 1}v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`;
  };
  finder(4, 4);
  finder(size - 11, 4);
  finder(4, size - 11);
  for (let y = 4; y < size - 4; y++)
    for (let x = 4; x < size - 4; x++) {
      const corner = (x < 12 && (y < 12 || y > size - 13)) || (x > size - 13 && y < 12);
      if (!corner && (Math.imul(x * 73 + y * 151 + x * y, 0x9e3779b1) >>> 16) % 2 === 0)
        path += `M${x} ${y}h1v1h-1z`;
    }
  return { size, path };
})();
