/** What a pasted key looks like, while it is typed. The daemon reads it by the same rules, and has the last word. */

import { t } from '$lib/i18n';

/** Bytes of a key. */
export const KEY_BYTES = 16;

export type KeyText =
  | { kind: 'empty' }
  /** A whole key. */
  | { kind: 'hex' | 'base64' }
  /** As far as it goes it is a key, of so many bytes. */
  | { kind: 'short' | 'long'; bytes: number }
  /** A character that stands in neither. */
  | { kind: 'character'; character: string }
  /** Base64 that ends within a byte, or has padding where none can be. */
  | { kind: 'broken' };

const HEX = /^[0-9a-f]+$/iu;
const NEITHER = /[^0-9a-z+/=_-]/iu;

/** Reads what was typed: base64 of either alphabet, padded or not, or hexadecimal digits; space around it is no matter. */
export function readKey(typed: string): KeyText {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  // Digits alone are taken for hexadecimal from the length on that base64 of a key doesn't have.
  if (HEX.test(text) && text.length > 24) return of('hex', text.length / 2);
  const character = NEITHER.exec(text)?.[0];
  if (character !== undefined) return { kind: 'character', character };
  const digits = text.replace(/={0,2}$/u, '');
  if (digits.includes('=')) return { kind: 'broken' };
  const bytes = Math.floor((digits.length * 3) / 4);
  if (bytes === KEY_BYTES && lostBits(digits)) return { kind: 'broken' };
  return of('base64', bytes);
}

function of(kind: 'hex' | 'base64', bytes: number): KeyText {
  if (bytes === KEY_BYTES) return { kind };
  return { kind: bytes < KEY_BYTES ? 'short' : 'long', bytes: Math.floor(bytes) };
}

/** Whether the last of 22 digits says more than its two bits of a sixteenth byte: then it is no key's. */
function lostBits(digits: string): boolean {
  return !/[AQgw]$/u.test(digits);
}

/** Whether the daemon can be asked about it. */
export const isWhole = (read: KeyText) => read.kind === 'hex' || read.kind === 'base64';

/** Says what was read; nothing of an empty text. */
export function feedback(read: KeyText): string {
  const words = t.findAKey.question.read;
  switch (read.kind) {
    case 'empty':
      return '';
    case 'short':
    case 'long':
      return words[read.kind](read.bytes);
    case 'character':
      return words.character(read.character);
    default:
      return words[read.kind];
  }
}
