/** What the stages of a signing key's life mean for files. */
import type { KeyState, SigningKey } from './api';

/** Whether new files carry the signature of a key in this state. */
export function isLive(state: KeyState): boolean {
  return state === 'introduced' || state === 'active' || state === 'retiring';
}

/** Whether a key in this state never signs again. */
export function isDead(state: KeyState): boolean {
  return state === 'retired' || state === 'revoked';
}

/** Whether the private half is where it can sign; a key that can, and that a config names, is introduced. */
export function canSign(
  key: Pick<SigningKey, 'state' | 'custody' | 'provisioned_at' | 'token_key'>,
): boolean {
  if (isDead(key.state)) return false;
  if (key.custody === 'daemon') return key.provisioned_at !== null;
  return key.custody === 'console' || key.token_key !== null;
}
