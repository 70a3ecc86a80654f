import { invoke as tauris } from '@tauri-apps/api/core';
import { afterEach, expect, it, vi } from 'vitest';
import { connection, notEnrolled, stagingConnection } from '../../tests/fake/data';
import { commands } from '../bindings';
import { session } from './session.svelte';

vi.mock('@tauri-apps/api/core', () => ({ invoke: vi.fn(() => Promise.resolve(null)) }));

afterEach(() => {
  session.connection = undefined;
});

/** What a call of a command sends along. */
const sent = () => vi.mocked(tauris).mock.lastCall;

it('names the daemon that the pages show with every command', async () => {
  session.connection = connection;
  await commands.pauseExportConfig('1');
  expect(sent()).toEqual(['pause_export_config', { id: '1', shownDaemon: connection.ca_sha256 }]);
  session.connection = stagingConnection;
  await commands.me();
  expect(sent()).toEqual(['me', { shownDaemon: stagingConnection.ca_sha256 }]);
});

it('names none where none is shown, which no daemon’s command takes', async () => {
  await commands.connection();
  expect(sent()?.[1]).toEqual({ shownDaemon: null });
  session.connection = notEnrolled;
  await commands.connection();
  expect(sent()?.[1]).toEqual({ shownDaemon: null });
});
