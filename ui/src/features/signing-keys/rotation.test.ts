import { describe, expect, it } from 'vitest';
import type { SendBlock } from '$lib/api';
import { keyWith, rotationWith } from './fixtures';
import { keysUntil, rotationSteps, sendBlocked, stepOf } from './rotation';

const outcomes = (...of: Parameters<typeof rotationSteps>) => rotationSteps(...of).map((one) => one.outcome);
const notes = (...of: Parameters<typeof rotationSteps>) => rotationSteps(...of).map((one) => one.note);

describe('the five steps', () => {
  it('are done up to the one that is to be done now', () => {
    expect(outcomes(rotationWith())).toEqual(['done', 'done', 'done', 'at', 'todo']);
    expect(outcomes(rotationWith({ step: 'generate', successor: null }))).toEqual([
      'at',
      'todo',
      'todo',
      'todo',
      'todo',
    ]);
    expect(outcomes(rotationWith({ step: 'ending' }))).toEqual(['done', 'done', 'done', 'done', 'at']);
    expect(outcomes(rotationWith({ step: 'done' }))).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(stepOf(rotationWith({ step: 'end-old-key' }))).toBe('end');
  });

  it('say when, where and who', () => {
    expect(notes(rotationWith())).toEqual([
      'v2, 14 Nov',
      '14 Nov, 1 config',
      '18 Nov, by Security officer',
      'Google 18 Nov · Apple open',
      '',
    ]);
  });

  it('count the configs that lack the successor', () => {
    const [config] = rotationWith().configs;
    const half = rotationWith({
      step: 'sign-with-both',
      configs: [config!, { ...config!, config_id: 'config-2', attached: false }],
    });
    expect(notes(half)[1]).toBe('1 of 2 configs');
  });

  it('count none once the old key has ended and no config names it', () => {
    expect(notes(rotationWith({ step: 'done', configs: [] }))[1]).toBe('14 Nov');
  });

  it('name the first day on which the old key may end, then its end', () => {
    const may = rotationWith({ end: { earliest: '2026-11-28T00:00:00Z', blockers: [] } });
    expect(notes(may)[4]).toBe('not before 28 Nov');
    const set = rotationWith({ step: 'ending', old: keyWith({ ends_at: '2026-12-05T00:00:00Z' }) });
    expect(notes(set)[4]).toBe('on 5 Dec');
  });
});

describe('sending', () => {
  const block: SendBlock = {
    reason: '310 v2 doesn’t sign in MAG yet',
    code: 'not_to_send.missing',
    params: { key: '310 v2', regions: ['MAG', 'MAG-W'], signers: ['310 v1'] },
    may_be_exported: false,
  };

  it('is allowed where the daemon says nothing against it', () => {
    expect(sendBlocked(keyWith())).toBeUndefined();
  });

  it('is held back with what the daemon says, in the words of the page', () => {
    expect(sendBlocked(keyWith({ not_to_send: block }))).toContain(
      '310 v2 doesn’t sign in MAG, MAG-W yet, unlike 310 v1',
    );
  });

  it('is held back in the daemon’s own words where the page has none', () => {
    const newer = { ...block, code: 'not_to_send.newer', reason: 'It is Sunday.' };
    expect(sendBlocked(keyWith({ not_to_send: newer }))).toBe('It is Sunday.');
  });
});

it('puts the end beside the old key alone', () => {
  expect(keysUntil(['310 v2', '310 v1'], '310 v1', '5 Dec')).toBe('310 v2, 310 v1 until 5 Dec');
});
