// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { daemons } from '$lib/daemons.svelte';
import { t } from '$lib/i18n';
import { session } from '$lib/session.svelte';
import { toasts } from '$lib/toasts.svelte';
import { underWay } from '$lib/under-way.svelte';
import { connection, stagingConnection } from '../../../tests/fake/data';
import DaemonCard from './DaemonCard.svelte';
import OtherDaemons from './OtherDaemons.svelte';

const twin = {
  ...connection,
  ca_sha256: 'ab'.repeat(32),
  mark: 'MA2',
  address: 'south.example.org:8443',
};

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  session.connection = undefined;
  toasts.list = [];
});

describe('going to another daemon', () => {
  it('waits until what was begun here is through', async () => {
    session.connection = connection;
    const switched = vi.spyOn(commands, 'switchDaemon');
    let done = () => {};
    const work = underWay.during(() => new Promise<void>((resolve) => (done = resolve)));
    await daemons.go(stagingConnection.ca_sha256 ?? '');
    expect(switched).not.toHaveBeenCalled();
    expect(session.connection).toBe(connection);
    expect(toasts.list.map(({ text }) => text)).toEqual([t.shell.daemons.busy]);
    done();
    await work;
    await daemons.go(stagingConnection.ca_sha256 ?? '');
    expect(session.connection).toEqual(stagingConnection);
  });
});

describe('two daemons of one environment', () => {
  it('differ by their marks', async () => {
    vi.spyOn(commands, 'listDaemons').mockResolvedValue([connection, twin]);
    render(DaemonCard, { connection });
    render(OtherDaemons, { connection });
    const here = within(screen.getByTestId('daemon-card')).getByTestId('daemon-mark');
    const there = within(await screen.findByTestId('daemon-other')).getByTestId('daemon-mark');
    expect([here.textContent, there.textContent]).toEqual(['MA', 'MA2']);
    expect(there.getAttribute('aria-label')).toBe('Mark MA2');
  });
});
