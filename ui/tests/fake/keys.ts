/** Signing keys in every state that a person meets: a rotation under way, a new key, and an old one. */
import type { Share, SigningKey, SigningKeyView } from '../../src/lib/api';
import { at, digest, id } from './time';

const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEml59itec9qzwVojreLXdPNRsUWzf
YHc1cKvIIi6/H56AJS/kZEYQnfDpxrgyGhdAm+pNN2GAJ3XdnQZ1Sk4amg==
-----END PUBLIC KEY-----
`;

const DAY = 24;

/** What was recorded with one of the two companies, `days` ago. */
function share(state: Share['state'], days: number, note = ''): Share {
  return state === 'not-sent'
    ? { state, at: null, by: null, note: '' }
    : { state, at: at(-days * DAY), by: 'Security officer', note };
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
    google: share('not-sent', 0),
    apple: share('not-sent', 0),
    ends_at: null,
    retired_at: null,
    revoked_at: null,
    rotation_days: 365,
    rotation_due_at: at((365 - days) * DAY + 0.1),
    backed_up_at: null,
    authority: null,
    token_key: null,
    config_ids: [],
    ...over,
  };
}

export const signingKeys: SigningKeyView[] = [
  {
    key: key(12, ['310', 'v2'], 9, {
      predecessor_id: id(11),
      google: share('confirmed', 5, 'Roll-out finished for all devices.'),
      apple: share('sent', 9, 'Sent to our contact by e-mail.'),
      config_ids: [id(101), id(102)],
    }),
    in_keychain: 'here',
  },
  {
    key: key(13, ['901', 'v1'], 0.125, {
      state: 'generated',
      revision: 1,
      provisioned_at: null,
      introduced_at: null,
      rotation_due_at: null,
    }),
    in_keychain: 'here',
  },
  {
    key: key(11, ['310', 'v1'], 200, {
      state: 'active',
      created_by: 'Export admin',
      google: share('confirmed', 190),
      apple: share('confirmed', 188),
      config_ids: [id(101), id(102), id(103)],
    }),
    in_keychain: 'elsewhere',
  },
  {
    key: key(10, ['310', 'v0'], 300, {
      state: 'revoked',
      revision: 3,
      created_by: 'Export admin',
      revoked_at: at(-180 * DAY),
      rotation_due_at: null,
    }),
    in_keychain: 'unknown',
  },
];
