/** The recorded answers about signing keys. */
import type { Commands } from '../../src/lib/commands';
import type {
  KeyEvent,
  KeyFileSummary,
  RevocationImpact,
  SigningKey,
  SigningKeyView,
  TokenStatus,
  Unprovisioned,
} from '../../src/lib/api';
import { authority, successor } from './keys';
import { endOf, keysNow, rotationOf } from './rotation';
import { at, digest, id, NOW } from './time';
import { answer, byId, variantNow } from './variant';

const keyById = (id: string): SigningKey =>
  byId(
    keysNow().map((view) => view.key),
    id,
  );

const token: TokenStatus = {
  state: 'ready',
  label: 'tekport-hsm',
  detail: 'SoftHSM v2, 2 keys',
  keys: [
    {
      id: 'a3f09c14',
      label: '222 v3',
      fingerprint: digest(34),
      extractable: false,
      signing_key_id: id(14),
    },
    { id: '07', label: 'export-2026', fingerprint: digest(51), extractable: true, signing_key_id: null },
  ],
};

function historyOf(key: SigningKey): KeyEvent[] {
  const by = key.created_by;
  const events: (KeyEvent | null)[] = [
    { at: key.created_at, by, kind: 'generated', note: '' },
    key.provisioned_at && { at: key.provisioned_at, by, kind: 'provisioned', note: '' },
    key.introduced_at && {
      at: key.introduced_at,
      by,
      kind: 'attached',
      note: 'MAG, US-WA, EU',
    },
    key.introduced_at && { at: key.introduced_at, by, kind: 'introduced', note: '' },
    key.google.at && {
      at: key.google.at,
      by: key.google.by ?? by,
      kind: 'google',
      note: `${key.google.state}: ${key.google.note}`,
    },
    key.apple.at && {
      at: key.apple.at,
      by: key.apple.by ?? by,
      kind: 'apple',
      note: `${key.apple.state}: ${key.apple.note}`,
    },
    key.state === 'active' && key.apple.at ? { at: key.apple.at, by, kind: 'activated', note: '' } : null,
    key.ends_at && key.state === 'retiring'
      ? { at: at(-2), by: 'Security officer', kind: 'end-set', note: key.ends_at }
      : null,
    key.retired_at && { at: key.retired_at, by: 'tekportd', kind: 'retired', note: '' },
    key.revoked_at && { at: key.revoked_at, by: 'Security officer', kind: 'revoked', note: 'Laptop stolen' },
  ].map((event) => (event ? (event as KeyEvent) : null));
  return events.filter((event) => event !== null).sort((a, b) => a.at.localeCompare(b.at));
}

const impact: RevocationImpact = {
  stopped: [{ config_id: id(103), output_region: 'EU' }],
  unconfirmed: [
    { config_id: id(101), output_region: 'MAG' },
    { config_id: id(102), output_region: 'US-WA' },
  ],
  unaffected: [{ config_id: id(104), output_region: 'MAG-S' }],
  files_offered: 74,
  files_signed_alone: 24,
};

const keyFile = (passphrase: string | null): KeyFileSummary => ({
  format: 'PKCS#8, encrypted',
  encrypted: true,
  public_key_pem: passphrase === null ? null : successor.public_key_pem,
  fingerprint: passphrase === null ? null : digest(61),
  registered: null,
  in_keychain: 'elsewhere',
});

const sealing = {
  pinned_fingerprint: digest(7),
  offered_fingerprint: digest(7),
  created_at: at(-61 * 24),
  changed: false,
  vouched: true,
};

type KeyCommands = Pick<
  Commands,
  | 'listSigningKeys'
  | 'generateSigningKey'
  | 'registerTokenKey'
  | 'tokenStatus'
  | 'provisionSigningKey'
  | 'unprovisionSigningKey'
  | 'searchRemovedCopies'
  | 'exportKeyPackage'
  | 'passphraseStrength'
  | 'backUpSigningKey'
  | 'chooseKeyFile'
  | 'inspectKeyFile'
  | 'restoreSigningKey'
  | 'importSigningKey'
  | 'attachSigningKey'
  | 'rotation'
  | 'recordShare'
  | 'keyEnd'
  | 'setKeyEnd'
  | 'planRotation'
  | 'setAuthority'
  | 'keyHistory'
  | 'revocationImpact'
  | 'revokeSigningKey'
  | 'revokeUnusedSigningKey'
  | 'regenerateFilesOfKey'
  | 'inspectSealingKey'
>;

const goneOf = (id: string): Unprovisioned => ({
  key: { ...keyById(id), provisioned_at: null },
  ciphertext_sha256: digest(81),
  files_searched: 3,
  kilobytes_searched: 48_212,
  found: 0,
});

export const keyLayer: KeyCommands = {
  listSigningKeys: () => answer<SigningKeyView[]>(keysNow, () => []),
  generateSigningKey: (draft) => answer(() => ({ ...successor, ...draft })),
  registerTokenKey: (draft) => answer(() => ({ ...successor, ...draft, custody: 'hsm' as const })),
  tokenStatus: () => answer(() => token),
  provisionSigningKey: (id) => answer(() => ({ ...keyById(id), provisioned_at: NOW })),
  unprovisionSigningKey: (id) => answer(() => goneOf(id)),
  searchRemovedCopies: (id) => answer(() => goneOf(id)),
  exportKeyPackage: (id) =>
    answer(() => {
      const name = `${keyById(id).key_id}-${keyById(id).key_version}`;
      return {
        path: `~/Downloads/${name}`,
        files: ['message.txt', `${name}.pem`, `${name}.crt`, 'challenge.txt', 'challenge.sig'],
      };
    }),
  passphraseStrength: (passphrase) => {
    const score = Math.min(4, Math.floor(passphrase.length / 5));
    return Promise.resolve({
      score,
      acceptable: score >= 3,
      advice: score >= 3 ? [] : ['Add another word or two. Uncommon words are better.'],
    });
  },
  backUpSigningKey: () => answer(() => ({ path: '~/Downloads/310-v2-backup.pem' })),
  chooseKeyFile: () => Promise.resolve('~/Documents/310-v3-backup.pem'),
  inspectKeyFile: (_path, passphrase) => answer(() => keyFile(passphrase)),
  restoreSigningKey: () => answer(() => ({ key: successor, in_keychain: 'here' as const })),
  importSigningKey: (_path, _passphrase, draft) => answer(() => ({ ...successor, ...draft })),
  attachSigningKey: (id) => answer(() => keyById(id)),
  rotation: (id) => answer(() => rotationOf(keyById(id))),
  recordShare: (id, recipient, update) =>
    answer(() => ({
      ...keyById(id),
      [recipient]: { ...update, at: update.at ?? NOW, by: 'Security officer' },
    })),
  keyEnd: (id) => answer(() => endOf(keyById(id))),
  setKeyEnd: (id, request) => answer(() => ({ ...keyById(id), ends_at: request.ends_at })),
  planRotation: (id, rotation_days) => answer(() => ({ ...keyById(id), rotation_days })),
  setAuthority: (id, details) => answer(() => ({ ...keyById(id), authority: details ?? authority })),
  keyHistory: (id) => answer(() => historyOf(keyById(id))),
  revocationImpact: () =>
    answer(() =>
      variantNow() === 'revoked' ? { ...impact, stopped: [], unconfirmed: [], unaffected: [] } : impact,
    ),
  revokeSigningKey: (id) => answer(() => ({ ...keyById(id), state: 'revoked' as const, revoked_at: NOW })),
  revokeUnusedSigningKey: (id) =>
    answer(() => ({ ...keyById(id), state: 'revoked' as const, revoked_at: NOW })),
  regenerateFilesOfKey: () =>
    answer(() => ({
      batch_ids: [id(210), id(211)],
      without_key: [],
      paused: [{ config_id: id(103), output_region: 'EU' }],
    })),
  inspectSealingKey: () => answer(() => sealing),
};
