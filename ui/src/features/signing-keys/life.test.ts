import { describe, expect, it } from 'vitest';
import type { KeyEvent } from '$lib/api';
import { keyWith, shareWith } from './fixtures';
import { lifeSteps } from './life';

const history: KeyEvent[] = [
  { at: '2026-01-01T11:00:00Z', by: 'Export admin', kind: 'introduced', note: '' },
  { at: '2026-01-20T11:00:00Z', by: 'Security officer', kind: 'activated', note: '' },
  { at: '2026-11-20T11:00:00Z', by: 'Second officer', kind: 'end-set', note: '' },
  { at: '2026-12-05T00:00:10Z', by: 'tekportd', kind: 'retired', note: '' },
];
const outcomes = (...of: Parameters<typeof lifeSteps>) => lifeSteps(...of).map((one) => one.outcome);

describe('the stages of a life', () => {
  it('mark the present one', () => {
    expect(
      outcomes(keyWith({ state: 'generated', introduced_at: null, google: shareWith('sent') }), []),
    ).toEqual(['at', 'todo', 'todo', 'todo', 'todo']);
    expect(outcomes(keyWith(), history)).toEqual(['done', 'done', 'at', 'todo', 'todo']);
    const end = { ends_at: '2026-12-05T00:00:00Z' };
    expect(outcomes(keyWith({ state: 'retiring', ...end }), history)).toEqual([
      'done',
      'done',
      'done',
      'at',
      'todo',
    ]);
    expect(
      outcomes(keyWith({ state: 'retired', ...end, retired_at: '2026-12-05T00:00:10Z' }), history),
    ).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('say when each was reached and by whom, and when the end comes', () => {
    const steps = lifeSteps(keyWith({ state: 'retiring', ends_at: '2026-12-05T00:00:00Z' }), history);
    expect(steps.map((step) => step.note)).toEqual([
      '1 Jan 2026, by Security officer',
      '1 Jan 2026, by Export admin',
      '20 Jan 2026, by Security officer',
      '20 Nov 2026, by Second officer',
      'on 5 Dec 2026',
    ]);
  });

  it('of a revoked key stop with its revocation', () => {
    const revoked = keyWith({
      state: 'revoked',
      revoked_at: '2026-02-01T00:00:00Z',
      apple: shareWith('sent'),
    });
    const steps = lifeSteps(revoked, [
      { at: '2026-02-01T00:00:00Z', by: 'Second officer', kind: 'revoked', note: 'stolen' },
    ]);
    expect(steps.map((step) => step.name)).toEqual(['Generated', 'Introduced', 'Revoked']);
    expect(steps.at(-1)).toMatchObject({ outcome: 'bad', note: '1 Feb 2026, by Second officer' });
  });
});
