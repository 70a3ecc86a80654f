// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { matchPattern, router } from './router.svelte';

describe('matchPattern', () => {
  it('reads the parameters', () => {
    expect(matchPattern('/batches/:id', '/batches/01%2F2')).toEqual({ id: '01/2' });
    expect(matchPattern('/', '/')).toEqual({});
  });

  it('takes no other address', () => {
    expect(matchPattern('/batches/:id', '/batches')).toBeUndefined();
    expect(matchPattern('/batches/:id', '/batches/')).toBeUndefined();
    expect(matchPattern('/batches', '/people')).toBeUndefined();
  });

  it('leaves a broken escape as it is', () => {
    expect(matchPattern('/batches/:id', '/batches/%E0%A4%A')).toEqual({ id: '%E0%A4%A' });
  });
});

describe('router', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.runAllTimers();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('keeps the query apart from the path', () => {
    router.go('/audit?kind=person&object=1');
    expect([router.path, router.query]).toEqual(['/audit', 'kind=person&object=1']);
    router.go('/people');
    expect([router.path, router.query]).toEqual(['/people', '']);
  });

  it('writes another query into the same address', () => {
    router.go('/audit?kind=person');
    const entries = history.length;
    router.narrow('actor=local');
    expect([location.hash, router.path, router.query]).toEqual([
      '#/audit?actor=local',
      '/audit',
      'actor=local',
    ]);
    router.narrow('');
    expect(router.query).toBe('');
    vi.runAllTimers();
    expect([location.hash, history.length]).toEqual(['#/audit', entries]);
  });

  it('writes the address now and then while a query changes fast, and at the end as it is', () => {
    router.go('/audit');
    const write = vi.spyOn(history, 'replaceState');
    for (let i = 0; i < 200; i++) router.narrow(`find=${i}`);
    vi.runAllTimers();
    expect(write).toHaveBeenCalledTimes(2);
    expect(location.hash).toBe('#/audit?find=199');
    router.narrow('find=x');
    router.narrow('find=xy');
    router.go('/people');
    expect(write.mock.lastCall?.[2]).toBe('#/audit?find=xy');
  });
});
