import { describe, expect, it } from 'vitest';
import type { KeyState } from './api';
import { canSign, isDead, isLive } from './key-life';

it.each([
  ['generated', false, false],
  ['introduced', true, false],
  ['active', true, false],
  ['retiring', true, false],
  ['retired', false, true],
  ['revoked', false, true],
] satisfies [KeyState, boolean, boolean][])('%s: live %s, dead %s', (state, live, dead) => {
  expect(isLive(state)).toBe(live);
  expect(isDead(state)).toBe(dead);
});

describe('canSign', () => {
  const key = { state: 'generated', custody: 'daemon', provisioned_at: null, token_key: null } as const;

  it('needs the sealed copy where the daemon signs', () => {
    expect(canSign(key)).toBe(false);
    expect(canSign({ ...key, provisioned_at: '2026-11-14T10:00:00Z' })).toBe(true);
  });

  it('needs the key in the token where the token signs, and nothing where a console does', () => {
    expect(canSign({ ...key, custody: 'hsm' })).toBe(false);
    expect(canSign({ ...key, custody: 'hsm', token_key: '0a' })).toBe(true);
    expect(canSign({ ...key, custody: 'console' })).toBe(true);
  });

  it('is never true again once a key is dead', () => {
    expect(canSign({ ...key, custody: 'console', state: 'revoked' })).toBe(false);
  });
});
