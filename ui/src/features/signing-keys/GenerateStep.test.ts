// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { ErrorCode } from '$lib/api';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { keyWith, rotationWith, shareWith } from './fixtures';
import GenerateStep from './GenerateStep.svelte';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const failure = (code: ErrorCode) => ({
  code,
  title: 'Refused',
  detail: 'it signs',
  next_step: '',
  problem: null,
});
const unable = keyWith({
  id: 'key-2',
  key_version: 'v2',
  state: 'generated',
  provisioned_at: null,
  introduced_at: null,
  google: shareWith('not-sent'),
  apple: shareWith('not-sent'),
  predecessor_id: 'key-1',
});

async function opened() {
  const rotation = rotationWith({ step: 'generate', successor: unable });
  const props = { rotation, keys: [rotation.old, unable], inKeychain: 'elsewhere' as const };
  render(GenerateStep, { ...props, mayChange: true, onchanged: vi.fn() });
  const user = userEvent.setup();
  await user.click(screen.getByTestId('key-generate'));
  expect((await screen.findByTestId('key-replaces')).textContent).toContain('310 v2 is revoked for good');
  const confirm = screen.getByTestId<HTMLButtonElement>('key-generate-confirm');
  expect(confirm.disabled, 'its name was not typed yet').toBe(true);
  await user.type(screen.getByTestId('key-replaces-word'), '310 v2');
  return user;
}

it('replaces a successor whose private half is elsewhere: revokes it first, then makes the next version', async () => {
  const revoke = vi.spyOn(commands, 'revokeUnusedSigningKey').mockResolvedValue(unable);
  const generate = vi.spyOn(commands, 'generateSigningKey');
  const user = await opened();
  await user.click(screen.getByTestId('key-generate-confirm'));
  await waitFor(() => expect(generate).toHaveBeenCalledOnce());
  expect(revoke.mock.calls.map(([id]) => id)).toEqual(['key-2']);
  expect(generate.mock.calls[0]?.[0]).toMatchObject({ key_version: 'v3', predecessor_id: 'key-1' });
});

it('revokes it once, also where making the next one takes two tries', async () => {
  const revoke = vi.spyOn(commands, 'revokeUnusedSigningKey').mockResolvedValue(unable);
  const locked = new CommandFailure(failure('keychain-locked'));
  const generate = vi.spyOn(commands, 'generateSigningKey').mockRejectedValueOnce(locked);
  const user = await opened();
  await user.click(screen.getByTestId('key-generate-confirm'));
  await waitFor(() => expect(generate).toHaveBeenCalledOnce());
  await user.click(screen.getByTestId('key-generate-confirm'));
  await waitFor(() => expect(generate).toHaveBeenCalledTimes(2));
  expect(revoke).toHaveBeenCalledOnce();
});

it('makes nothing where the successor was taken into use meanwhile', async () => {
  const used = new CommandFailure(failure('conflict'));
  vi.spyOn(commands, 'revokeUnusedSigningKey').mockRejectedValue(used);
  const generate = vi.spyOn(commands, 'generateSigningKey');
  const user = await opened();
  await user.click(screen.getByTestId('key-generate-confirm'));
  await waitFor(() => expect(screen.getByRole('dialog').textContent).toContain('it signs'));
  expect(generate).not.toHaveBeenCalled();
});
