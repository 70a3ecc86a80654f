import { expect, it } from 'vitest';
import type { RevocationImpact } from '$lib/api';
import { leftToRegenerate, standings } from './compromise';
import { keyWith, rotationWith, shareWith } from './fixtures';

const impact: RevocationImpact = {
  stopped: [],
  unconfirmed: [],
  unaffected: [],
  files_offered: 12,
  files_signed_alone: 4,
};
const revoked = keyWith({ state: 'revoked', revoked_at: '2026-11-23T12:00:00Z' });
const alone = rotationWith({ old: revoked, successor: null, step: 'generate', configs: [] });

it('begins with the revocation, and telling the companies waits for nothing', () => {
  expect(standings(keyWith(), { ...alone, old: keyWith() }, impact)).toEqual({
    revoke: 'now',
    tell: 'free',
    generate: 'later',
    attach: 'later',
    regenerate: 'later',
    send: 'later',
  });
});

it('goes on with a successor, which is attached before files are made anew', () => {
  expect(standings(revoked, alone, impact)).toMatchObject({
    revoke: 'done',
    generate: 'now',
    attach: 'later',
  });
  const fresh = keyWith({ id: 'key-2', state: 'generated', google: shareWith('not-sent') });
  expect(standings(revoked, { ...alone, successor: fresh }, impact)).toMatchObject({
    generate: 'done',
    attach: 'now',
    regenerate: 'later',
  });
  const unable = { ...fresh, provisioned_at: null };
  expect(standings(revoked, { ...alone, successor: unable }, impact).generate).toBe('now');
});

it('ends when no file is left and both have confirmed', () => {
  const rotation = rotationWith({ old: revoked, step: 'confirm' });
  expect(standings(revoked, rotation, impact)).toMatchObject({
    attach: 'done',
    regenerate: 'now',
    send: 'later',
  });
  expect(standings(revoked, rotation, { ...impact, files_offered: 0 })).toMatchObject({
    regenerate: 'done',
    send: 'now',
  });
  const confirmed = { ...rotation, successor: keyWith({ id: 'key-2' }) };
  expect(standings(revoked, confirmed, { ...impact, files_offered: 0 }).send).toBe('done');
});

it('says whose files stay as they are, and whose wait', () => {
  const config = (output_region: string) => ({ config_id: output_region, output_region });
  expect(leftToRegenerate(undefined)).toEqual([]);
  expect(leftToRegenerate({ batch_ids: ['b1'], without_key: [], paused: [] })).toEqual([]);
  const left = leftToRegenerate({
    batch_ids: [],
    without_key: [config('MAG'), config('US')],
    paused: [config('EU')],
  });
  expect(left).toHaveLength(2);
  expect(left[0]).toContain('MAG, US: no live key is attached there');
  expect(left[1]).toContain('EU: paused.');
});
