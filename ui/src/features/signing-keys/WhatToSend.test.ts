// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { SendBlock } from '$lib/api';
import { keyWith } from './fixtures';
import { sendBlocked } from './rotation';
import WhatToSend from './WhatToSend.svelte';

afterEach(cleanup);

const authority = {
  name: 'Magrathea Health',
  country: 'US',
  mcc: '310',
  region: '',
  android_package: 'org.example.en',
  ios_bundle_id: 'org.example.en',
};
const blockOf = (code: string, may_be_exported: boolean): SendBlock => ({
  reason: '310 v2 doesn’t sign yet',
  code: `not_to_send.${code}`,
  params: { key: '310 v2' },
  may_be_exported,
});

function show(not_to_send: SendBlock | null) {
  const signingKey = keyWith({ authority, not_to_send });
  const blocked = sendBlocked(signingKey);
  render(WhatToSend, {
    signingKey,
    inKeychain: 'here',
    blocked,
    mayChange: true,
    onchanged: () => undefined,
  });
  const isOff = (id: string) => {
    const button = screen.getByTestId(id);
    return button.hasAttribute('disabled') || button.getAttribute('aria-disabled') === 'true';
  };
  return { copy: isOff('key-copy-pem'), save: isOff('package-save'), blocked };
}

describe('what is sent of a key', () => {
  it('is neither copied nor saved while phones may not get it, and says why', () => {
    const shown = show(blockOf('does-not-sign', false));
    expect(shown).toMatchObject({ copy: true, save: true });
    expect(screen.getByTestId('key-copy-pem').getAttribute('title')).toBe(shown.blocked);
  });

  it('is copied and saved once they may', () => {
    expect(show(null)).toMatchObject({ copy: false, save: false });
  });

  it('is made early for the first key of an authority', () => {
    expect(show(blockOf('first', true))).toMatchObject({ copy: false, save: false });
  });
});
