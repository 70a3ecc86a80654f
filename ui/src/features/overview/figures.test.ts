import { describe, expect, it } from 'vitest';
import type { Attention, ConfigStatus } from '$lib/api';
import { NOW, at, status } from '../../../tests/fake/data';
import { busiest, configStanding, health, nextDue } from './figures';

const now = Date.parse(NOW);
const [eu, mag, south, wa] = status.configs as [ConfigStatus, ConfigStatus, ConfigStatus, ConfigStatus];

describe('health', () => {
  it('is as bad as the worst thing that needs a person', () => {
    const bad = { severity: 'bad' } as Attention;
    const warn = { severity: 'warn' } as Attention;
    const words = (attention: Attention[]) => health({ ...status, attention }).word;
    expect([words([]), words([warn]), words([warn, bad])]).toEqual(['Healthy', 'Needs a look', 'Failing']);
  });
});

describe('nextDue', () => {
  it('takes the earliest of the configs that run; one that is late is not next', () => {
    expect(nextDue([eu, mag, south, wa], now)?.output_region).toBe('MAG');
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
    const words = [mag, wa, south, eu].map((config) => configStanding(config, now).word);
    expect(words).toEqual(['up to 16:00', 'late since 14:00', 'begins later', 'paused']);
    const first = { ...mag, last_window_end: null, next_due_at: at(1) };
    expect(configStanding(first, now).tone).toBe('wait');
  });
});
