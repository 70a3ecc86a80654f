// @vitest-environment happy-dom
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { changedMeanwhile, field, MAG, magAt, testsOfConfigPage } from '../../../tests/pages/config-page';
import ConfigPage from './ConfigPage.svelte';

testsOfConfigPage();

describe('a config that somebody else saved first', () => {
  const theirs = () => ({ ...magAt(3), fields: { ...magAt(3).fields, max_records_per_file: 5_000 } });

  async function clash(user: ReturnType<typeof userEvent.setup>) {
    const update = vi.spyOn(commands, 'updateExportConfig').mockRejectedValueOnce(changedMeanwhile);
    render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    await user.click(screen.getByTestId('config-review'));
    const save = await screen.findByTestId('config-save');
    vi.spyOn(commands, 'getExportConfig').mockResolvedValue(theirs());
    await user.click(save);
    expect(await screen.findAllByTestId('config-conflict')).toHaveLength(2);
    return update;
  }

  it('gets my changes on top of theirs when they are carried over, saved over their revision', async () => {
    const user = userEvent.setup();
    const update = await clash(user);
    await user.click(screen.getByTestId('config-carry-over'));
    const changes = await screen.findAllByTestId('config-change');
    expect(changes.map((row) => row.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Period−Before: 4 h+After: 6 h',
    ]);
    await user.click(screen.getByTestId('config-save'));
    await waitFor(() => expect(location.hash).toBe('#/export-configs'));
    expect(update).toHaveBeenCalledTimes(2);
    expect(update.mock.lastCall?.slice(0, 2)).toEqual([MAG, 3]);
    expect(update.mock.lastCall?.[2]).toMatchObject({ period_minutes: 360, max_records_per_file: 5_000 });
  });

  it('shows theirs when that is taken, with nothing left to save', async () => {
    const user = userEvent.setup();
    await clash(user);
    await user.click(screen.getByTestId('config-take-theirs'));
    expect((await screen.findByTestId<HTMLInputElement>('config-max-records')).value).toBe('5000');
    expect(field('period').value).toBe('240');
  });

  it('shows both versions at once where my changes were left before', async () => {
    const user = userEvent.setup();
    const { unmount } = render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    unmount();
    vi.spyOn(commands, 'getExportConfig').mockResolvedValue(theirs());
    render(ConfigPage, { id: MAG });
    expect(await screen.findAllByTestId('config-conflict')).toHaveLength(2);
    await user.click(screen.getByTestId('config-take-theirs'));
    expect((await screen.findByTestId<HTMLInputElement>('config-max-records')).value).toBe('5000');
  });
});
