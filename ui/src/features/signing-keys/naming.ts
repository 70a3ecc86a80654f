/** Names of signing keys: what is allowed, and which one comes next. */
import type { Tone } from '$components/types';
import type { KeyState, ShareState, SigningKey } from '$lib/api';
import { t } from '$lib/i18n';

export const stateTones: Record<KeyState, Tone> = {
  generated: 'idle',
  introduced: 'wait',
  active: 'good',
  retiring: 'wait',
  retired: 'idle',
  revoked: 'bad',
};

export const shareTones: Record<ShareState, Tone> = { 'not-sent': 'idle', sent: 'wait', confirmed: 'good' };

/** Whether a key id or version is allowed: `[a-zA-Z0-9_]+`, at most 64 characters. The daemon has the last word. */
export function isNameAllowed(text: string): boolean {
  return /^[a-zA-Z0-9_]{1,64}$/.test(text);
}

/** `310 v2`. */
export function keyName(key: Pick<SigningKey, 'key_id' | 'key_version'>): string {
  return t.signingKeys.name(key.key_id, key.key_version);
}

/** The version after the highest `v<number>` that the id has; `v1` where it has none. */
export function nextVersion(
  keyId: string,
  keys: readonly Pick<SigningKey, 'key_id' | 'key_version'>[],
): string {
  const numbers = keys
    .filter((key) => key.key_id === keyId)
    .map((key) => /^v(\d{1,9})$/.exec(key.key_version)?.[1])
    .map(Number)
    .filter((number) => !Number.isNaN(number));
  return `v${Math.max(0, ...numbers) + 1}`;
}

/** The id of the newest key, since an authority seldom has two; empty where there is none. */
export function suggestedKeyId(keys: readonly Pick<SigningKey, 'key_id' | 'created_at'>[]): string {
  const [newest] = [...keys].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return newest?.key_id ?? '';
}
