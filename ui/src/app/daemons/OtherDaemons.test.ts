// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { daemons } from '$lib/daemons.svelte';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import { toasts } from '$lib/toasts.svelte';
import { connection, me, stagingConnection } from '../../../tests/fake/data';
import OtherDaemons from './OtherDaemons.svelte';

beforeEach(() => {
  session.connection = connection;
  session.me = me;
  router.go('/export-configs');
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  session.connection = undefined;
  session.me = undefined;
  daemons.list = [];
  for (const toast of toasts.list) toasts.dismiss(toast.id);
});

describe('the other daemons', () => {
  it('are offered by name and environment, without the one in use', async () => {
    render(OtherDaemons, { connection });
    const others = await screen.findAllByTestId('daemon-other');
    expect(others).toHaveLength(1);
    expect(others[0]?.textContent).toContain('Magrathea rehearsal');
    expect(others[0]?.textContent).toContain('Staging');
    expect(others[0]?.closest('li')?.dataset.environment).toBe('staging');
  });

  it('are gone to at their overview, with nothing of the old one left', async () => {
    const undo = vi.fn();
    toasts.say('paused', undo);
    render(OtherDaemons, { connection });
    await userEvent.click(await screen.findByTestId('daemon-other'));
    await waitFor(() => expect(session.connection?.ca_sha256).toBe(stagingConnection.ca_sha256));
    expect(router.path).toBe('/');
    expect(session.me, 'who one is there was not said yet').toBeUndefined();
    expect(toasts.list, 'an undo would be asked of the wrong daemon').toEqual([]);
  });

  it('stay where they are when one can’t be gone to, and the note says why', async () => {
    const locked = {
      code: 'keychain-locked' as const,
      title: 'Locked',
      detail: 'unlock it',
      next_step: '',
      problem: null,
    };
    vi.spyOn(commands, 'switchDaemon').mockRejectedValue(new CommandFailure(locked));
    render(OtherDaemons, { connection });
    await userEvent.click(await screen.findByTestId('daemon-other'));
    await waitFor(() => expect(toasts.list[0]?.text).toContain('unlock it'));
    expect(router.path).toBe('/export-configs');
    expect(session.connection).toBe(connection);
  });
});
