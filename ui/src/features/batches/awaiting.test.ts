import { expect, it } from 'vitest';
import type { AwaitedSigner } from '$lib/api';
import { isLate, lateness, missingSigners } from './awaiting';
import { batchWith } from './fixtures';

const signer = (version: string, signed: number[]): AwaitedSigner => ({
  signing_key_id: `key-${version}`,
  key_id: '310',
  key_version: version,
  fingerprint: '9f2c',
  custody: 'console',
  signed,
});
const file = (number: number) => ({
  number,
  digest: '00',
  start_timestamp: '2026-11-23T12:00:00Z',
  end_timestamp: '2026-11-23T16:00:00Z',
  keys: 10,
  revised_keys: 0,
  size_bytes: 600,
});
const waiting = batchWith({
  state: 'awaiting-signature',
  awaiting: {
    since: '2026-11-23T18:02:00Z',
    files: [file(1), file(2)],
    signers: [signer('v3', [1]), signer('v2', [1, 2]), signer('v1', [])],
  },
});

it('names those who have not signed every file', () => {
  expect(missingSigners(waiting)).toBe('310 v3, v1');
  expect(missingSigners(batchWith())).toBe('');
});

it('is late half an hour after the window was due', () => {
  expect(lateness(waiting, 7_200, Date.parse('2026-11-23T17:00:00Z'))).toBe(-3_600_000);
  expect(isLate(waiting, 7_200, Date.parse('2026-11-23T18:29:59Z'))).toBe(false);
  expect(isLate(waiting, 7_200, Date.parse('2026-11-23T18:30:01Z'))).toBe(true);
});

it('is never late while it is made anew: the old files are offered', () => {
  const anew = { ...waiting, generation: 1 };
  expect(isLate(anew, 7_200, Date.parse('2026-12-23T18:30:01Z'))).toBe(false);
});
