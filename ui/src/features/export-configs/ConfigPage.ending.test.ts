// @vitest-environment happy-dom
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { changedMeanwhile, MAG, magAt, testsOfConfigPage } from '../../../tests/pages/config-page';
import ConfigPage from './ConfigPage.svelte';

testsOfConfigPage();

describe('ending a config', () => {
  it('ends now only once its region was typed', async () => {
    const update = vi.spyOn(commands, 'updateExportConfig');
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await user.click(await screen.findByTestId('config-end'));
    await user.selectOptions(await screen.findByTestId('config-end-when'), 'now');
    const confirm = screen.getByTestId<HTMLButtonElement>('confirm');
    expect(confirm.disabled).toBe(true);
    await user.type(screen.getByTestId('confirm-word'), 'MAG');
    expect(confirm.disabled).toBe(false);
    await user.click(confirm);
    await waitFor(() => expect(update).toHaveBeenCalledOnce());
    expect(update.mock.calls[0]?.[2].valid_through).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('ends what somebody else saved meanwhile only once that was seen', async () => {
    const update = vi.spyOn(commands, 'updateExportConfig').mockRejectedValueOnce(changedMeanwhile);
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await user.click(await screen.findByTestId('config-end'));
    const theirs = { ...magAt(3), fields: { ...magAt(3).fields, period_minutes: 360 } };
    vi.spyOn(commands, 'getExportConfig').mockResolvedValue(theirs);
    await user.selectOptions(await screen.findByTestId('config-end-when'), 'now');
    await user.type(screen.getByTestId('confirm-word'), 'MAG');
    await user.click(screen.getByTestId('confirm'));
    expect((await screen.findByTestId('config-end-newer')).textContent).toContain('Changed by them: Period.');
    expect(update).toHaveBeenCalledOnce();
    await user.click(screen.getByTestId('confirm'));
    await waitFor(() => expect(update).toHaveBeenCalledTimes(2));
    expect(update.mock.lastCall?.[1]).toBe(3);
    expect(update.mock.lastCall?.[2].period_minutes).toBe(360);
  });
});
