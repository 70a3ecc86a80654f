import { describe, expect, it } from 'vitest';
import { keyWith, rotationWith, shareWith } from './fixtures';
import { outlook, warningsOf } from './outlook';
import { outlookTime, outlookWords, warningWords } from './outlook-words';
import { rotationStall } from './rotation-stall';

const NOW = Date.parse('2026-11-23T18:48:00Z');
const AGO = '2026-11-14T18:00:00Z';
const LATELY = '2026-11-16T19:00:00Z';
const old = keyWith();
/** Sent to nobody, and able to sign since `at`. */
const fresh = (at: string, changes: Parameters<typeof keyWith>[0] = {}) =>
  keyWith({
    id: 'key-2',
    key_version: 'v2',
    state: 'introduced',
    created_at: at,
    provisioned_at: at,
    introduced_at: at,
    google: shareWith('not-sent'),
    apple: shareWith('not-sent'),
    ...changes,
  });
const both = (state: 'sent' | 'confirmed', at: string) => ({
  google: shareWith(state, at),
  apple: shareWith(state, at),
});

describe('a rotation that stands still', () => {
  it.each([
    ['generate', fresh(AGO, { state: 'generated', provisioned_at: null, introduced_at: null })],
    ['sign-with-both', fresh(AGO, { state: 'generated', introduced_at: null, config_ids: [] })],
    ['sign-with-both', fresh(AGO, { config_ids: ['another'] })],
    ['send-public-key', fresh(AGO)],
    ['send-public-key', fresh('2026-01-01T00:00:00Z', { google: shareWith('confirmed', AGO) })],
    ['end-old-key', fresh('2026-01-01T00:00:00Z', { state: 'active', ...both('confirmed', AGO) })],
  ] as const)('waits at %s', (step, successor) => {
    expect(rotationStall(old, successor, NOW)).toMatchObject({ step, since: AGO, overdue: false });
  });

  it('is none while it moves on, waits for the companies, or has come to its end', () => {
    expect(rotationStall(old, undefined, NOW)).toBeUndefined();
    expect(rotationStall(old, fresh(LATELY), NOW)).toBeUndefined();
    expect(rotationStall(old, fresh(AGO, both('sent', AGO)), NOW)).toBeUndefined();
    const ending = keyWith({ state: 'retiring', ends_at: '2026-12-05T00:00:00Z' });
    expect(rotationStall(ending, fresh(AGO), NOW)).toBeUndefined();
    expect(rotationStall(keyWith({ state: 'revoked' }), fresh(AGO), NOW)).toBeUndefined();
  });

  it('is overdue once its day has come, unless only the companies’ answer is missing', () => {
    const due = keyWith({ rotation_due_at: '2026-11-20T00:00:00Z' });
    expect(rotationStall(due, fresh(LATELY), NOW)).toMatchObject({ step: 'send-public-key', overdue: true });
    const waiting = rotationStall(due, fresh(LATELY, both('sent', LATELY)), NOW);
    expect(waiting).toMatchObject({ step: 'confirm', overdue: false });
  });

  it('is said in the list and on the key’s page, with what comes next', () => {
    const stall = rotationStall(old, rotationWith().successor!, NOW);
    expect(stall).toBeUndefined();
    const sending = rotationStall(old, fresh(AGO), NOW);
    const ahead = outlook(old, true, NOW, sending)!;
    expect([ahead.tone, outlookWords(ahead), outlookTime(ahead, NOW)]).toEqual([
      'warn',
      'Rotation stands still since 14 Nov 2026',
      '',
    ]);
    const [warning] = warningsOf(old, true, NOW, sending);
    expect(warningWords(warning!, NOW)).toBe(
      'Its rotation goes no further since 14 Nov 2026. 310 v2 signs everywhere and was not sent to both Google and Apple: send its public half.',
    );
  });
});
