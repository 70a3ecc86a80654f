// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { session } from '$lib/session.svelte';
import { connection } from '../../../tests/fake/data';
import MarkField from './MarkField.svelte';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  session.connection = undefined;
});

it('marks the daemon that is shown', async () => {
  session.connection = connection;
  const user = userEvent.setup();
  render(MarkField, { mark: 'MA' });
  const field = screen.getByTestId('mark');
  expect(screen.getByTestId('mark-save')).toHaveProperty('disabled', true);
  await user.clear(field);
  await user.type(field, 'n1');
  await user.click(screen.getByTestId('mark-save'));
  await waitFor(() => expect(session.connection?.mark).toBe('N1'));
  expect(field).toHaveProperty('value', 'N1');
});

it('says which daemon has the mark already', async () => {
  const code = 'mark-taken' as const;
  const error = { code, title: '', detail: 'North has it.', next_step: '', problem: null };
  vi.spyOn(commands, 'markDaemon').mockRejectedValue(new CommandFailure(error));
  const user = userEvent.setup();
  render(MarkField, { mark: 'MA' });
  await user.type(screen.getByTestId('mark'), '2');
  await user.click(screen.getByTestId('mark-save'));
  expect((await screen.findByRole('alert')).textContent).toContain('North has it.');
});
