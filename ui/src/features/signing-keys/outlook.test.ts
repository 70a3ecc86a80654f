import { describe, expect, it } from 'vitest';
import { keyWith, shareWith } from './fixtures';
import { outlook, warningsOf } from './outlook';
import { outlookTime, outlookWords, warningWords } from './outlook-words';

const NOW = Date.parse('2026-11-23T18:48:00Z');
const kinds = (...of: Parameters<typeof warningsOf>) => warningsOf(...of).map(({ kind }) => kind);

describe('what comes next', () => {
  it.each([
    [{}, false, 'rotation-due', 'idle'],
    [{ rotation_due_at: '2026-12-20T00:00:00Z' }, false, 'rotation-due', 'warn'],
    [{ rotation_due_at: '2026-11-20T00:00:00Z' }, false, 'rotation-overdue', 'bad'],
    [{ rotation_due_at: '2026-11-20T00:00:00Z' }, true, 'rotating', 'wait'],
    [{ state: 'retiring', ends_at: '2026-12-05T00:00:00Z' }, true, 'ends', 'wait'],
    [{ state: 'retiring', ends_at: '2026-11-20T00:00:00Z' }, true, 'held', 'bad'],
    [
      { state: 'retired', ends_at: '2026-11-20T00:00:00Z', retired_at: '2026-11-20T00:00:01Z' },
      true,
      'ended',
      'idle',
    ],
    [{ state: 'revoked', revoked_at: '2026-11-20T00:00:00Z' }, false, 'revoked', 'idle'],
    [{ state: 'generated', introduced_at: null }, false, 'no-config', 'idle'],
    [{ state: 'generated', introduced_at: null, provisioned_at: null }, false, 'not-handed-over', 'warn'],
  ] as const)('%j, with a successor %s: %s', (changes, rotating, kind, tone) => {
    expect(outlook(keyWith(changes), rotating, NOW)).toMatchObject({ kind, tone });
  });

  it('is said with its day, and how far away it is', () => {
    const due = outlook(keyWith({ rotation_due_at: '2026-12-08T18:48:00Z' }), false, NOW)!;
    expect(outlookWords(due)).toBe('Rotation due 8 Dec 2026');
    expect(outlookTime(due, NOW)).toBe('in 15 d');
    const late = outlook(keyWith({ rotation_due_at: '2026-11-21T18:48:00Z' }), false, NOW)!;
    expect(outlookTime(late, NOW)).toBe('2 d ago');
  });
});

describe('what needs a look', () => {
  it('is nothing for a key that is well, and for one that does not sign', () => {
    expect(kinds(keyWith(), false, NOW)).toEqual([]);
    expect(kinds(keyWith({ state: 'generated', backed_up_at: null }), false, NOW)).toEqual([]);
  });

  it('is an answer that is missing for more than ten days', () => {
    const sent = (at: string) => keyWith({ state: 'introduced', apple: shareWith('sent', at) });
    expect(kinds(sent('2026-11-14T10:00:00Z'), false, NOW)).toEqual([]);
    const late = warningsOf(sent('2026-11-12T18:48:00Z'), false, NOW);
    expect(late.map(({ kind }) => kind)).toEqual(['unconfirmed']);
    expect(warningWords(late[0]!, NOW)).toContain('Apple got it 11 d ago');
  });

  it('is a backup that is missing, but not for a key in a token', () => {
    expect(kinds(keyWith({ backed_up_at: null }), false, NOW)).toEqual(['not-backed-up']);
    expect(kinds(keyWith({ backed_up_at: null, custody: 'hsm' }), false, NOW)).toEqual([]);
  });

  it('is an end that is held and a rotation that is due, the urgent one first', () => {
    const held = keyWith({ state: 'retiring', ends_at: '2026-11-20T00:00:00Z', backed_up_at: null });
    expect(kinds(held, true, NOW)).toEqual(['end-held', 'not-backed-up']);
    expect(kinds(keyWith({ rotation_due_at: '2026-12-20T00:00:00Z' }), false, NOW)).toEqual(['rotation-due']);
    expect(kinds(keyWith({ rotation_due_at: '2026-12-20T00:00:00Z' }), true, NOW)).toEqual([]);
  });
});
