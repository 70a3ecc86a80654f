import { describe, expect, it } from 'vitest';
import type { LookupInConfig, LookupOutcome, TekState } from '$lib/api';
import { lookUp } from '../../../tests/fake/lookup';
import { inOrder, sentence, stepsOf, toneOf } from './story';

const ask = (key: string | null) =>
  lookUp({
    key,
    received_at: key === null ? '2026-11-23T11:40:00Z' : null,
    region: key === null ? 'MAG' : null,
  });
const first = (states: TekState[]) => states[0]!;
const ways = (state: TekState, found: LookupInConfig) =>
  stepsOf(state, found).map(({ name, outcome }) => `${name}: ${outcome}`);

describe('the story of a key', () => {
  it('ends in a file where it was published', () => {
    const state = first(ask('a').states);
    expect(ways(state, inOrder(state.configs)[0]!)).toEqual([
      'Received: done',
      'May be released: done',
      'Window exported: done',
      'In a file: done',
    ]);
  });

  it('stops where the key waits, and says when it came and until when', () => {
    const state = first(ask('w').states);
    const found = inOrder(state.configs)[0]!;
    expect(ways(state, found)).toEqual([
      'Received: done',
      'May be released: at',
      'Window exported: todo',
      'In a file: todo',
    ]);
    expect(stepsOf(state, found).map(({ note }) => note)).toEqual([
      '23 Nov 2026, 16:48 UTC',
      'from 24 Nov 2026, 02:00 UTC',
      '24 Nov 00:00 – 04:00',
      '',
    ]);
  });

  it('says at which window a key was carried over', () => {
    const state = ask('a').states[1]!;
    const held = inOrder(state.configs)[0]!;
    expect(stepsOf(state, held)[2]).toMatchObject({
      outcome: 'at',
      note: '23 Nov 16:00 – 20:00, carried from 1 before',
    });
    expect(sentence(held)).toContain('is carried to the window 23 Nov 16:00 – 20:00 UTC');
  });

  it('has no way where a rule keeps the key out', () => {
    const state = first(ask('a').states);
    for (const found of state.configs.filter(({ outcome }) => outcome.startsWith('region'))) {
      expect(stepsOf(state, found)).toEqual([]);
      expect(sentence(found)).toMatch(/^The config (takes none|excludes one) of these regions\.$/);
    }
  });

  it('shows a batch that failed as what somebody has to see to', () => {
    const state = first(ask(null).states);
    const failed = state.configs.find(({ batch_state }) => batch_state === 'failed')!;
    expect(toneOf(failed)).toBe('bad');
    expect(ways(state, failed)).toEqual([
      'Received: done',
      'May be released: done',
      'Window exported: bad',
      'In a file: todo',
    ]);
    expect(stepsOf(state, failed)[1]?.note, 'keys that were no longer valid wait for nothing').toBe(
      'at once',
    );
  });

  it('tells of keys that were still valid by when they may be released', () => {
    const state = ask(null).states[1]!;
    const found = inOrder(state.configs)[0]!;
    expect(stepsOf(state, found)[1]).toMatchObject({
      name: 'May be released',
      outcome: 'at',
      note: 'from 24 Nov 2026, 02:00 UTC',
    });
    expect(sentence(found, state.group)).toBe(
      'Phones may still send them out, so they wait. They go out with the window 24 Nov 00:00 – 04:00 UTC.',
    );
  });

  it('of keys that never came says only where one would belong', () => {
    const { states, receipts } = lookUp({ key: null, received_at: '2026-11-23T11:40:00Z', region: 'EU' });
    expect(receipts?.keys).toBe(0);
    const found = inOrder(states[1]!.configs)[0]!;
    expect(stepsOf(states[1]!, found)).toEqual([]);
    expect(sentence(found, states[1]!.group)).toBe(
      'One would belong to the window 24 Nov 00:00 – 04:00 UTC.',
    );
  });

  it('has a sentence without a gap for every outcome', () => {
    const outcomes: LookupOutcome[] = [
      'region-not-taken',
      'region-excluded',
      'traveler',
      'before-start',
      'ended',
      'embargoed',
      'window-open',
      'paused',
      'waiting',
      'held-over',
      'superseded',
      'revoked-before-release',
      'published',
      'withdrawn',
      'missing',
      'no-file',
    ];
    const example = first(ask('a').states).configs[0]!;
    const withdrawn = example.files.map((file) => ({ ...file, withdrawn_at: '2026-12-07T16:00:00Z' }));
    for (const outcome of outcomes) {
      const text = sentence({ ...example, outcome, held_windows: 2, files: withdrawn });
      expect(text, outcome).toMatch(/^[A-Z2].*\.$/);
      expect(text, outcome).not.toMatch(/undefined|null| {2}|\(\)/);
    }
  });
});
