import type { Rotation, Share, SigningKey } from '$lib/api';

/** What was recorded with one of the two companies, for tests. */
export function shareWith(state: Share['state'], at = '2026-11-14T10:00:00Z'): Share {
  return state === 'not-sent'
    ? { state, at: null, by: null, note: '' }
    : { state, at, by: 'Security officer', note: '' };
}

/** A key that signs and is confirmed by both, for tests. */
export function keyWith(changes: Partial<SigningKey> = {}): SigningKey {
  return {
    id: 'key-1',
    key_id: '310',
    key_version: 'v1',
    public_key_pem: '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n',
    fingerprint: '9f2c41d807ae55b1e3601b7cca0492dd9f2c41d807ae55b1e3601b7cca0492dd',
    custody: 'daemon',
    state: 'active',
    revision: 2,
    predecessor_id: null,
    created_at: '2026-01-01T10:00:00Z',
    created_by: 'Security officer',
    provisioned_at: '2026-01-01T10:00:01Z',
    introduced_at: '2026-01-01T11:00:00Z',
    google: shareWith('confirmed'),
    apple: shareWith('confirmed'),
    ends_at: null,
    retired_at: null,
    revoked_at: null,
    rotation_days: 365,
    rotation_due_at: '2027-01-01T11:00:00Z',
    backed_up_at: '2026-01-02T10:00:00Z',
    authority: null,
    token_key: null,
    removed_copy: null,
    config_ids: ['config-1'],
    not_to_send: null,
    ...changes,
  };
}

/** A rotation that waits for the confirmations, for tests. */
export function rotationWith(changes: Partial<Rotation> = {}): Rotation {
  return {
    old: keyWith(),
    successor: keyWith({
      id: 'key-2',
      key_version: 'v2',
      state: 'introduced',
      predecessor_id: 'key-1',
      created_at: '2026-11-14T09:00:00Z',
      introduced_at: '2026-11-14T09:30:00Z',
      google: shareWith('confirmed', '2026-11-18T09:12:00Z'),
      apple: shareWith('sent'),
    }),
    suggested_version: 'v3',
    step: 'confirm',
    configs: [
      {
        config_id: 'config-1',
        revision: 3,
        output_region: 'MAG',
        before: ['310 v2', '310 v1'],
        after: ['310 v2', '310 v1'],
        attached: true,
        ended: false,
      },
    ],
    end: { earliest: null, blockers: [] },
    ...changes,
  };
}
