import { describe, expect, it } from 'vitest';
import { blockerWords, suggestedEnd } from './blockers';

const MAG = { config_id: 'config-1', output_region: 'MAG' };

it('says what stands in the way, naming the config, the files and the day', () => {
  expect(blockerWords({ kind: 'only-live-signer', ...MAG })).toBe(
    'MAG: no other key signs there. Attach a successor first.',
  );
  expect(blockerWords({ kind: 'only-older-keys', ...MAG, key: '310 v2', older: '310 v1' })).toContain(
    'MAG: only older keys sign there, such as 310 v1.',
  );
  const waits = { kind: 'successor-not-confirmed' as const, ...MAG, successor: '310 v2' };
  expect(blockerWords({ ...waits, missing: ['apple'] })).toBe('MAG: Apple has not confirmed 310 v2.');
  expect(blockerWords({ ...waits, missing: ['google', 'apple'] })).toBe(
    'MAG: Google and Apple have not confirmed 310 v2.',
  );
  expect(
    blockerWords({ kind: 'files-signed-alone', ...MAG, files: 3, until: '2026-11-28T00:01:00Z' }),
  ).toContain(
    '3 files without the signature of a key that takes over. The last leaves it on 28 Nov 2026, 00:01 UTC',
  );
  expect(blockerWords({ kind: 'not-signing' })).toContain('nothing to end');
});

describe('the suggested end', () => {
  const now = Date.parse('2026-11-23T18:48:00Z');

  it('is the first midnight from the earliest instant on', () => {
    expect(suggestedEnd({ earliest: '2026-11-28T00:01:00Z', blockers: [] }, now)).toBe('2026-11-29 00:00');
    expect(suggestedEnd({ earliest: '2026-11-28T00:00:00Z', blockers: [] }, now)).toBe('2026-11-28 00:00');
  });

  it('never lies in the past', () => {
    expect(suggestedEnd({ earliest: '2026-11-01T00:00:00Z', blockers: [] }, now)).toBe('2026-11-24 00:00');
  });
});
