// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it } from 'vitest';
import type { SigningKey } from '$lib/api';
import { forgetQueries } from '$lib/query.svelte';
import { signingKeys } from '../../../tests/fake/keys';
import EndCard from './EndCard.svelte';
import { compromisePath } from './paths';

afterEach(() => {
  cleanup();
  forgetQueries();
});

it('leads on to the checklist once a key is revoked, also those who only look', () => {
  const key = signingKeys[0]?.key as SigningKey;
  const signingKey: SigningKey = { ...key, state: 'revoked', revoked_at: '2026-11-23T14:06:48Z' };
  render(EndCard, { signingKey, mayChange: false, onchanged: () => undefined });
  expect(screen.getByTestId('key-compromised').getAttribute('href')).toBe(`#${compromisePath(key.id)}`);
});
