// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { matchPattern } from './router.svelte';

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
