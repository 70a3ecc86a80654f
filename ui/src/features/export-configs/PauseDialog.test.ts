// @vitest-environment happy-dom
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import ToastList from '$components/ToastList.svelte';
import { commands } from '$lib/commands';
import { configs } from '../../../tests/fake/data';
import { leaveNothing, refusal } from '../../../tests/pages/setup';
import PauseDialog from './PauseDialog.svelte';

const [mag] = configs;

leaveNothing();

async function paused() {
  const onclose = vi.fn();
  render(ToastList);
  const dialog = render(PauseDialog, { config: mag!, onchanged: vi.fn(), onclose });
  await userEvent.click(await screen.findByTestId('confirm'));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  // As the table does it.
  dialog.unmount();
}

it('can be undone from the note that tells of it', async () => {
  const resume = vi.spyOn(commands, 'resumeExportConfig');
  await paused();
  await userEvent.click(await screen.findByTestId('toast-undo'));
  await waitFor(() => expect(resume).toHaveBeenCalledExactlyOnceWith(mag!.id));
  await waitFor(() => expect(screen.getByTestId('toast').textContent).toContain('MAG is resumed'));
  expect(screen.queryByTestId('toast-undo')).toBeNull();
});

it('says why it could not be undone', async () => {
  vi.spyOn(commands, 'resumeExportConfig').mockRejectedValue(refusal('offline'));
  await paused();
  await userEvent.click(await screen.findByTestId('toast-undo'));
  await waitFor(() => expect(screen.getByTestId('toast').textContent).toContain('could not be undone'));
});
