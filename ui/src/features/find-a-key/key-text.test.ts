import { describe, expect, it } from 'vitest';
import { isWhole, readKey } from './key-text';

describe('readKey', () => {
  it('reads a key in every way that programs write one', () => {
    for (const text of ['+/++AwQFBgcICQoLDA0ODw==', '+/++AwQFBgcICQoLDA0ODw', '-_--AwQFBgcICQoLDA0ODw==']) {
      expect(readKey(text)).toEqual({ kind: 'base64' });
    }
    expect(readKey(' fbffbe030405060708090a0b0c0d0e0f\n')).toEqual({ kind: 'hex' });
    expect(readKey('FBFFBE030405060708090A0B0C0D0E0F')).toEqual({ kind: 'hex' });
  });

  it('says how much is there', () => {
    expect(readKey('  ')).toEqual({ kind: 'empty' });
    expect(readKey('+/++AwQFBgcI')).toEqual({ kind: 'short', bytes: 9 });
    expect(readKey('fbffbe030405060708090a0b0c0d')).toEqual({ kind: 'short', bytes: 14 });
    expect(readKey('fbffbe030405060708090a0b0c0d0e0f00')).toEqual({ kind: 'long', bytes: 17 });
    expect(readKey('+/++AwQFBgcICQoLDA0ODw+/++')).toEqual({ kind: 'long', bytes: 19 });
  });

  it('names what can stand in no key', () => {
    expect(readKey('+/++Aw…')).toEqual({ kind: 'character', character: '…' });
    expect(readKey('+/++AwQF BgcICQoLDA0ODw==')).toEqual({ kind: 'character', character: ' ' });
    expect(readKey('+/++=AwQFBgcICQoLDA0ODw')).toEqual({ kind: 'broken' });
    expect(readKey('+/++AwQFBgcICQoLDA0ODx==')).toEqual({ kind: 'broken' });
  });

  it('lets only whole keys be asked about', () => {
    expect(
      ['', 'AAAA', 'AAAAAAAAAAAAAAAAAAAAAA', '0'.repeat(32)].map((text) => isWhole(readKey(text))),
    ).toEqual([false, false, true, true]);
  });
});
