// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { forgetQueries } from '$lib/query.svelte';
import EndDialog from './EndDialog.svelte';
import { keyWith } from './fixtures';
import GenerateDialog from './GenerateDialog.svelte';
import RevokeDialog from './RevokeDialog.svelte';
import ShareDialog from './ShareDialog.svelte';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
});

const button = (testid: string) => screen.findByTestId<HTMLButtonElement>(testid);
const input = (testid: string) => screen.findByTestId<HTMLInputElement>(testid);

async function retype(testid: string, text: string) {
  await userEvent.clear(await input(testid));
  await userEvent.type(await input(testid), text);
}

describe('generating a key', () => {
  const old = keyWith();

  it('suggests the next version, and names the key that is followed', async () => {
    const generate = vi.spyOn(commands, 'generateSigningKey');
    const ongenerated = vi.fn();
    render(GenerateDialog, { open: true, keys: [old], ongenerated });
    expect((await input('key-id')).value).toBe('310');
    expect((await input('key-version')).value).toBe('v2');
    await userEvent.click(await button('key-generate-confirm'));
    await waitFor(() => expect(ongenerated).toHaveBeenCalledOnce());
    expect(generate).toHaveBeenCalledExactlyOnceWith({
      key_id: '310',
      key_version: 'v2',
      predecessor_id: old.id,
      custody: 'daemon',
    });
  });

  it('takes no name that is taken, with the button or with Enter', async () => {
    const generate = vi.spyOn(commands, 'generateSigningKey');
    render(GenerateDialog, { open: true, keys: [old], ongenerated: vi.fn() });
    await retype('key-version', 'v1{Enter}');
    expect((await input('key-version')).getAttribute('aria-invalid')).toBe('true');
    expect((await button('key-generate-confirm')).disabled).toBe(true);
    expect(generate).not.toHaveBeenCalled();
  });

  it('keeps what was typed where the daemon refuses it, and says why at the field', async () => {
    const errors = [{ field: 'key_version', reason: 'somebody has it', allowed: 'another one' }];
    const problem = {
      type: 'urn:tekport:problem:invalid' as const,
      title: 'Refused',
      status: 422,
      detail: 'x',
      errors,
    };
    const refusal = { code: 'invalid' as const, title: 'Refused', detail: 'x', next_step: '', problem };
    vi.spyOn(commands, 'generateSigningKey').mockRejectedValue(new CommandFailure(refusal));
    render(GenerateDialog, { open: true, keys: [old], ongenerated: vi.fn() });
    await userEvent.click(await button('key-generate-confirm'));
    await screen.findByTestId('key-generate-confirm-refused');
    expect((await input('key-version')).getAttribute('aria-invalid')).toBe('true');
    expect((await input('key-version')).value).toBe('v2');
  });
});

describe('recording what Google or Apple said', () => {
  const shown = { open: true, signingKey: keyWith(), recipient: 'apple', state: 'confirmed' } as const;

  it('takes a time and a note, in UTC', async () => {
    const record = vi.spyOn(commands, 'recordShare').mockResolvedValue(keyWith());
    const onchanged = vi.fn();
    render(ShareDialog, { ...shown, onchanged });
    await userEvent.type(await input('share-at'), '2026-11-20 09:30');
    await userEvent.type(await input('share-note'), ' by mail ');
    await userEvent.click(await button('share-save'));
    await waitFor(() => expect(onchanged).toHaveBeenCalledOnce());
    expect(record).toHaveBeenCalledExactlyOnceWith('key-1', 'apple', {
      state: 'confirmed',
      at: '2026-11-20T09:30:00Z',
      note: 'by mail',
    });
  });

  it('takes no time that can’t be read', async () => {
    const record = vi.spyOn(commands, 'recordShare').mockResolvedValue(keyWith());
    render(ShareDialog, { ...shown, onchanged: vi.fn() });
    await userEvent.type(await input('share-at'), '20 November{Enter}');
    expect((await button('share-save')).disabled).toBe(true);
    expect(record).not.toHaveBeenCalled();
  });
});

describe('ending a key', () => {
  const shown = {
    open: true,
    signingKey: keyWith(),
    check: { earliest: '2026-12-05T00:00:00Z', blockers: [] },
  };

  it('takes no end before the first that the daemon allows', async () => {
    const set = vi.spyOn(commands, 'setKeyEnd').mockResolvedValue(keyWith());
    const onchanged = vi.fn();
    render(EndDialog, { ...shown, onchanged });
    await retype('key-end-at', '2026-12-04 23:59');
    expect((await button('key-end-save')).disabled).toBe(true);
    await retype('key-end-at', '2026-12-05 00:00');
    await userEvent.click(await button('key-end-save'));
    await waitFor(() => expect(onchanged).toHaveBeenCalledOnce());
    expect(set).toHaveBeenCalledExactlyOnceWith('key-1', { ends_at: '2026-12-05T00:00:00Z', note: '' });
  });

  it('begins from the end that is set already', async () => {
    const signingKey = keyWith({ ends_at: '2026-12-24T12:00:00Z' });
    render(EndDialog, { ...shown, signingKey, onchanged: vi.fn() });
    expect((await input('key-end-at')).value).toBe('2026-12-24 12:00');
  });
});

describe('revoking a key', () => {
  it('takes a reason and the key’s name, and says what stops before', async () => {
    const revoke = vi.spyOn(commands, 'revokeSigningKey').mockResolvedValue(keyWith());
    const ondone = vi.fn();
    render(RevokeDialog, { open: true, signingKey: keyWith(), ondone });
    const confirm = await button('confirm');
    await userEvent.type(await input('confirm-word'), '310 v1');
    expect(confirm.disabled, 'no reason was given').toBe(true);
    await userEvent.type(await input('key-revoke-reason'), 'laptop stolen');
    await retype('confirm-word', '310 v2');
    expect(confirm.disabled, 'another key was named').toBe(true);
    await retype('confirm-word', '310 v1');
    await userEvent.click(confirm);
    await waitFor(() => expect(ondone).toHaveBeenCalledOnce());
    expect(revoke).toHaveBeenCalledExactlyOnceWith('key-1', 'laptop stolen');
  });

  it('can be done where its impact can’t be read', async () => {
    const offline = {
      code: 'timeout' as const,
      title: 'No answer',
      detail: 'x',
      next_step: '',
      problem: null,
    };
    vi.spyOn(commands, 'revocationImpact').mockRejectedValue(new CommandFailure(offline));
    const revoke = vi.spyOn(commands, 'revokeSigningKey').mockResolvedValue(keyWith());
    render(RevokeDialog, { open: true, signingKey: keyWith(), ondone: vi.fn() });
    await userEvent.type(await input('key-revoke-reason'), 'lost');
    await userEvent.type(await input('confirm-word'), '310 v1');
    await userEvent.click(await button('confirm'));
    await waitFor(() => expect(revoke).toHaveBeenCalledOnce());
  });
});
