// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { daemons } from '$lib/daemons.svelte';
import { forgetQueries } from '$lib/query.svelte';
import { session } from '$lib/session.svelte';
import { theme } from '$lib/theme.svelte';
import { connection, stagingConnection } from '../../../tests/fake/data';
import SettingsPage from './SettingsPage.svelte';

beforeEach(() => {
  session.connection = connection;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
  session.connection = undefined;
  theme.choose('system');
  localStorage.clear();
});

const select = (name: string) => screen.findByTestId<HTMLSelectElement>(name);

describe('how it looks', () => {
  it('changes at once, and is kept for the next start', async () => {
    render(SettingsPage);
    await userEvent.selectOptions(await select('theme'), 'dark');
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(JSON.stringify({ ...localStorage })).toContain('dark');
  });
});

describe('what Rust keeps', () => {
  it('is saved without touching the rest of it', async () => {
    const kept = { language: 'de' as const, notifications: 'urgent' as const, zoom: 125 };
    vi.spyOn(commands, 'settings').mockResolvedValue(kept);
    const save = vi.spyOn(commands, 'saveSettings');
    render(SettingsPage);
    await userEvent.selectOptions(await select('notifications'), 'all');
    await waitFor(() => expect(save).toHaveBeenCalledExactlyOnceWith({ ...kept, notifications: 'all' }));
    expect((await select('zoom')).value).toBe('125');
  });

  it('says at the field why it could not be saved', async () => {
    const refusal = {
      code: 'data-folder' as const,
      title: 'No',
      detail: 'read-only',
      next_step: '',
      problem: null,
    };
    vi.spyOn(commands, 'saveSettings').mockRejectedValue(new CommandFailure(refusal));
    render(SettingsPage);
    await userEvent.selectOptions(await select('notifications'), 'off');
    expect((await screen.findByRole('alert')).textContent).toContain('read-only');
  });
});

describe('the connection', () => {
  it('is tested step by step, and names the step that failed', async () => {
    vi.spyOn(commands, 'testConnection').mockResolvedValue([
      { name: 'dns', passed: true, detail: '', message: { code: 'test.step', params: {} } },
      {
        name: 'tcp',
        passed: false,
        detail: 'connection refused',
        message: { code: 'test.step', params: {} },
      },
    ]);
    render(SettingsPage);
    await userEvent.click(screen.getByTestId('connection-test'));
    const steps = await screen.findAllByTestId('step');
    expect(steps).toHaveLength(2);
    expect(steps[1]?.textContent).toContain('connection refused');
  });

  it('is left only once the daemon’s name, and what it is for, were typed', async () => {
    daemons.list = [connection, stagingConnection];
    const leave = vi.spyOn(commands, 'leaveDaemon');
    render(SettingsPage);
    await userEvent.click(screen.getByTestId('leave'));
    const confirm = await screen.findByTestId<HTMLButtonElement>('confirm');
    await userEvent.type(screen.getByTestId('confirm-word'), connection.daemon!.name);
    expect(confirm.disabled, 'it is a production daemon').toBe(true);
    await userEvent.type(screen.getByTestId('confirm-environment'), 'production');
    await userEvent.click(confirm);
    await waitFor(() => expect(leave).toHaveBeenCalledOnce());
    await waitFor(() => expect(daemons.list, 'nothing offers to go back there').toEqual([stagingConnection]));
  });
});
