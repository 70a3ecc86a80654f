import { describe, expect, it } from 'vitest';
import type { Attention, ConfigStatus } from '$lib/api';
import { NOW, at, status } from '../../../tests/fake/data';
import { busiest, configStanding, filesStanding, health, nextDue, shortTime } from './figures';

const now = Date.parse(NOW);
const [eu, mag, south, or, wa] = status.configs as [
  ConfigStatus,
  ConfigStatus,
  ConfigStatus,
  ConfigStatus,
  ConfigStatus,
];

describe('health', () => {
  it('is as bad as the worst thing that needs a person', () => {
    const bad = { severity: 'bad' } as Attention;
    const warn = { severity: 'warn' } as Attention;
    const words = (attention: Attention[]) => health({ ...status, attention }).word;
    expect([words([]), words([warn]), words([warn, bad])]).toEqual(['Healthy', 'Needs a look', 'Failing']);
  });

  it('is not called healthy while the clocks differ, which needs a person too', () => {
    const word = (attention: Attention[]) => health({ ...status, attention }, false, true).word;
    expect([word([]), word([{ severity: 'bad' } as Attention])]).toEqual(['Needs a look', 'Failing']);
  });

  it('is not known of a daemon that is out of reach', () => {
    expect(health({ ...status, attention: [] }, true)).toEqual({ word: 'Unknown', tone: 'bad' });
  });
});

describe('nextDue', () => {
  it('takes the earliest of the configs that run; one that is late is not next', () => {
    expect(nextDue([eu, mag, south, or, wa], now)?.output_region).toBe('US-OR');
    expect(nextDue([eu], now)).toBeUndefined();
  });
});

describe('busiest', () => {
  it('counts for each region, since a phone follows one', () => {
    expect(busiest([eu, mag, wa])?.output_region).toBe('MAG');
    expect(busiest([south])).toBeUndefined();
  });
});

describe('configStanding', () => {
  it('tells late, up to date, not begun and paused apart', () => {
    const words = [or, mag, wa, south, eu].map((config) => configStanding(config, now).word);
    expect(words).toEqual(['on time', 'late since 18:00', 'late since 14:00', 'begins later', 'paused']);
    const first = { ...mag, last_window_end: null, next_due_at: at(1) };
    expect(configStanding(first, now).tone).toBe('wait');
  });
});

describe('filesStanding', () => {
  it('counts what a phone takes in a day as fitting', () => {
    expect([15, 16, 20, 21].map(filesStanding)).toEqual(['fits', 'over-ios', 'over-ios', 'over-all']);
  });
});

describe('shortTime', () => {
  it('leaves the day out where it is plain', () => {
    expect(shortTime('2026-11-23T16:00:00Z', now)).toBe('16:00 UTC');
    expect(shortTime('2026-11-22T16:00:00Z', now)).toBe('22 Nov, 16:00 UTC');
    expect(shortTime('2026-12-01T04:00:00Z', now)).toBe('1 Dec, 04:00 UTC');
  });
});
