// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
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
    expect([location.hash, history.length]).toEqual(['#/audit', entries]);
  });
});
