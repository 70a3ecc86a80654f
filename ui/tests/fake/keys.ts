/** Signing keys in every state that a person meets: a rotation under way, a new key, keys of a token, and old ones. */
import type { AuthorityDetails, SendBlock, Share, SigningKey, SigningKeyView } from '../../src/lib/api';
import { at, digest, id } from './time';

const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEml59itec9qzwVojreLXdPNRsUWzf
YHc1cKvIIi6/H56AJS/kZEYQnfDpxrgyGhdAm+pNN2GAJ3XdnQZ1Sk4amg==
-----END PUBLIC KEY-----
`;

const DAY = 24;

export const authority: AuthorityDetails = {
  name: 'Magrathea Health',
  country: 'US',
  mcc: '310',
  region: 'US-WA',
  android_package: 'org.example.en',
  ios_bundle_id: 'org.example.en',
};

/** What was recorded with one of the two companies, `days` ago. */
export function share(state: Share['state'], days = 0, note = ''): Share {
  return state === 'not-sent'
    ? { state, at: null, by: null, note: '' }
    : { state, at: at(-days * DAY), by: 'Security officer', note };
}

/** What the daemon says of sending a key in that state, which another precedes or not. */
function notToSend(name: string, { state, predecessor_id: before }: Partial<SigningKey>): SendBlock | null {
  const block = (code: string, reason: string, first = false) => ({
    reason: `${name} ${reason}`,
    code: `not_to_send.${code}`,
    params: { key: name },
    may_be_exported: first,
  });
  if (state === 'revoked') return block('revoked', 'was revoked for good; nobody should be sent it');
  if (state === 'retired') return block('ended', 'has ended; send the key that took over');
  if (state !== 'generated') return null;
  return before === undefined || before === null
    ? block('first', 'doesn’t sign yet; its files may be made already', true)
    : block('does-not-sign', 'doesn’t sign yet; attach it to the export configs first');
}

/** A key that was made `days` ago and handed over to the daemon; `over` has what differs. */
function key(n: number, name: [string, string], days: number, over: Partial<SigningKey> = {}): SigningKey {
  return {
    id: id(n),
    key_id: name[0],
    key_version: name[1],
    public_key_pem: PEM,
    fingerprint: digest(n + 20),
    custody: 'daemon',
    state: 'introduced',
    revision: 2,
    predecessor_id: null,
    created_at: at(-days * DAY),
    created_by: 'Security officer',
    provisioned_at: at(-days * DAY + 0.01),
    introduced_at: at(-days * DAY + 0.1),
    google: share('not-sent'),
    apple: share('not-sent'),
    ends_at: null,
    retired_at: null,
    revoked_at: null,
    rotation_days: 365,
    rotation_due_at: at((365 - days) * DAY + 0.1),
    backed_up_at: null,
    authority,
    token_key: null,
    removed_copy: null,
    config_ids: [],
    not_to_send: notToSend(name.join(' '), over),
    ...over,
  };
}

/** 310 v2, which takes over from v1: Google has confirmed it, Apple has not. */
export const successor = key(12, ['310', 'v2'], 9, {
  predecessor_id: id(11),
  google: share('confirmed', 5, 'Roll-out finished for all devices.'),
  apple: share('sent', 9, 'Sent to our contact by e-mail.'),
  config_ids: [id(101), id(102), id(103)],
});

/** 310 v1, which signs for almost a year. */
export const old = key(11, ['310', 'v1'], 350, {
  state: 'active',
  created_by: 'Export admin',
  google: share('confirmed', 340),
  apple: share('confirmed', 338),
  backed_up_at: at(-349 * DAY),
  config_ids: [id(101), id(102), id(103)],
});

export const signingKeys: SigningKeyView[] = [
  { key: successor, in_keychain: 'here' },
  {
    key: key(13, ['901', 'v1'], 0.125, {
      custody: 'console',
      state: 'generated',
      revision: 1,
      provisioned_at: null,
      introduced_at: null,
      rotation_due_at: null,
      authority: null,
    }),
    in_keychain: 'here',
  },
  {
    key: key(16, ['204', 'v2'], 40, {
      state: 'active',
      custody: 'console',
      provisioned_at: null,
      predecessor_id: id(15),
      google: share('confirmed', 24),
      apple: share('confirmed', 20),
      backed_up_at: at(-39 * DAY),
      config_ids: [id(101), id(104)],
    }),
    in_keychain: 'here',
  },
  {
    key: key(15, ['204', 'v1'], 300, {
      state: 'retiring',
      google: share('confirmed', 290),
      apple: share('confirmed', 291),
      ends_at: at(12 * DAY + 5.2),
      rotation_due_at: null,
      backed_up_at: at(-300 * DAY),
      config_ids: [id(104)],
    }),
    in_keychain: 'elsewhere',
  },
  {
    key: key(14, ['222', 'v3'], 352, {
      custody: 'hsm',
      state: 'active',
      provisioned_at: null,
      token_key: 'a3f09c14',
      google: share('confirmed', 340),
      apple: share('confirmed', 342),
      config_ids: [id(104)],
    }),
    in_keychain: 'elsewhere',
  },
  { key: old, in_keychain: 'elsewhere' },
  {
    key: key(10, ['310', 'v0'], 700, {
      state: 'retired',
      created_by: 'Export admin',
      google: share('confirmed', 690),
      apple: share('confirmed', 689),
      ends_at: at(-300 * DAY),
      retired_at: at(-300 * DAY),
      rotation_due_at: null,
      backed_up_at: at(-700 * DAY),
    }),
    in_keychain: 'unknown',
  },
  {
    key: key(9, ['310', 'pilot'], 720, {
      state: 'revoked',
      revision: 3,
      created_by: 'Export admin',
      provisioned_at: null,
      introduced_at: null,
      revoked_at: at(-700 * DAY),
      rotation_due_at: null,
      removed_copy: { ciphertext_sha256: digest(81), removed_at: at(-700 * DAY), shown_gone_at: null },
    }),
    in_keychain: 'unknown',
  },
];
