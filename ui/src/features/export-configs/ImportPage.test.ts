// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { session } from '$lib/session.svelte';
import { importedElsewhere } from '../../../tests/fake/config-files';
import { connection, me, stagingConnection, viewer } from '../../../tests/fake/data';
import ImportPage from './ImportPage.svelte';

beforeEach(() => {
  session.me = me;
});
afterEach(() => {
  cleanup();
  session.connection = undefined;
  vi.restoreAllMocks();
});

async function opened() {
  const user = userEvent.setup();
  render(ImportPage);
  await user.click(screen.getByTestId('import-choose'));
  await screen.findByTestId('import-summary');
  return user;
}

const card = (testid: string): HTMLElement => screen.getByTestId(testid).closest('section') as HTMLElement;

describe('importing configs', () => {
  it('shows what would be made and changed, and changes nothing by itself', async () => {
    const create = vi.spyOn(commands, 'createExportConfig');
    const update = vi.spyOn(commands, 'updateExportConfig');
    await opened();
    const rows = within(card('import-change')).getAllByTestId('import-field');
    expect(rows.map((row) => row.querySelector('th')?.textContent)).toEqual([
      'Input regions',
      'Period',
      'Small batches',
    ]);
    expect(within(card('import-create')).getAllByTestId('config-value')).toHaveLength(12);
    expect(card('import-unchanged').textContent).toContain('The daemon has it exactly so');
    expect([create.mock.calls, update.mock.calls]).toEqual([[], []]);
  });

  it('names each refused field, an unknown one too, and offers no way to apply it', async () => {
    await opened();
    const refused = within(card('import-refused'));
    expect(
      refused.getAllByTestId('import-problem').map((row) => row.querySelector('th')?.textContent),
    ).toEqual(['period_minutes', 'small_batch.minimum', 'colour']);
    expect(refused.queryByTestId('import-apply')).toBeNull();
  });

  it('applies all but what is newer at the daemon, over the revisions that were compared', async () => {
    const create = vi.spyOn(commands, 'createExportConfig');
    const update = vi.spyOn(commands, 'updateExportConfig');
    const user = await opened();
    await user.click(screen.getByTestId('import-apply-all'));
    await waitFor(() => expect(screen.getAllByTestId('import-done')).toHaveLength(2));
    expect(create).toHaveBeenCalledOnce();
    expect(update.mock.calls.map(([id, revision]) => [id.slice(-3), revision])).toEqual([['101', 2]]);
    expect(within(card('import-outdated')).getByTestId('import-apply').textContent).toContain(
      'Apply over the newer version',
    );
  });

  it('says so when somebody was faster, and overwrites nothing', async () => {
    vi.spyOn(commands, 'updateExportConfig').mockRejectedValue(
      new CommandFailure({
        code: 'changed-meanwhile',
        title: '',
        detail: '',
        next_step: '',
        problem: {
          type: 'urn:tekport:problem:changed-meanwhile',
          title: '',
          status: 412,
          detail: '',
          errors: [],
        },
      }),
    );
    const user = await opened();
    await user.click(within(card('import-change')).getByTestId('import-apply'));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was overwritten');
  });

  it('has the environment typed before a file of another daemon reaches production', async () => {
    vi.spyOn(commands, 'inspectConfigFile').mockResolvedValue(importedElsewhere);
    const create = vi.spyOn(commands, 'createExportConfig');
    const update = vi.spyOn(commands, 'updateExportConfig');
    session.connection = connection;
    const user = await opened();
    for (const button of [
      screen.getByTestId('import-apply-all'),
      within(card('import-change')).getByTestId('import-apply'),
    ]) {
      await user.click(button);
      const typed = await screen.findByTestId('confirm-environment');
      expect(screen.getByTestId('confirm')).toHaveProperty('disabled', true);
      await user.type(typed, 'test');
      expect(screen.getByTestId('confirm')).toHaveProperty('disabled', true);
      await user.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByTestId('confirm')).toBeNull());
    }
    expect([create.mock.calls, update.mock.calls]).toEqual([[], []]);
    await user.click(screen.getByTestId('import-apply-all'));
    await user.type(await screen.findByTestId('confirm-environment'), 'production');
    await user.click(screen.getByTestId('confirm'));
    await waitFor(() => expect(screen.getAllByTestId('import-done')).toHaveLength(2));
    expect([create.mock.calls.length, update.mock.calls.length]).toEqual([1, 1]);
  });

  it('asks nobody on a daemon that no phones depend on', async () => {
    vi.spyOn(commands, 'inspectConfigFile').mockResolvedValue(importedElsewhere);
    session.connection = stagingConnection;
    const user = await opened();
    await user.click(screen.getByTestId('import-apply-all'));
    await waitFor(() => expect(screen.getAllByTestId('import-done')).toHaveLength(2));
  });

  it('lets somebody who may only read compare, and no more', async () => {
    session.me = viewer;
    await opened();
    expect(screen.queryByTestId('import-apply')).toBeNull();
    expect(screen.queryByTestId('import-apply-all')).toBeNull();
    expect(screen.getAllByTestId('import-field').length).toBeGreaterThan(0);
  });
});
