/** Signing keys as an authority thinks of them: by key id, newest version first. */
import type { SigningKey, SigningKeyView } from '$lib/api';
import { isDead, isLive } from '$lib/key-life';

export interface KeyGroup {
  keyId: string;
  views: SigningKeyView[];
}

const newestFirst = (a: SigningKeyView, b: SigningKeyView) =>
  Date.parse(b.key.created_at) - Date.parse(a.key.created_at) || b.key.id.localeCompare(a.key.id);

/** Puts the versions of one key id together: the id with the newest key first, and its newest version first. */
export function groupKeys(views: readonly SigningKeyView[]): KeyGroup[] {
  const groups = new Map<string, SigningKeyView[]>();
  for (const view of [...views].sort(newestFirst)) {
    groups.set(view.key.key_id, [...(groups.get(view.key.key_id) ?? []), view]);
  }
  return [...groups].map(([keyId, of]) => ({ keyId, views: of }));
}

/** The key that follows `key`: the newest that isn't revoked; undefined where nobody made one yet. */
export function successorOf(key: SigningKey, keys: readonly SigningKey[]): SigningKey | undefined {
  return [...keys]
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
    .find((other) => other.predecessor_id === key.id && other.state !== 'revoked');
}

/** The key that a new version of `keyId` takes over from: its newest live one; undefined for the first. */
export function predecessorFor(keyId: string, keys: readonly SigningKey[]): SigningKey | undefined {
  return [...keys]
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
    .find((key) => key.key_id === keyId && isLive(key.state));
}

/**
 * The key whose rotation `key` takes part in: the one it follows while that one still signs, else itself. Undefined
 * for a key that neither signs nor follows one that does.
 */
export function rotatedBy(key: SigningKey, keys: readonly SigningKey[]): SigningKey | undefined {
  const before = keys.find((other) => other.id === key.predecessor_id);
  if (before !== undefined && isLive(before.state) && !isDead(key.state)) return before;
  return isLive(key.state) ? key : undefined;
}
