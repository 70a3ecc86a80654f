// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { errorOf, EU, field, MAG, MAG_S, testsOfConfigPage } from '../../../tests/pages/config-page';
import ConfigPage from './ConfigPage.svelte';

testsOfConfigPage();

describe('a config that exists', () => {
  it('shows a problem while the field is typed in, and takes it away once it is right', async () => {
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG_S });
    await user.clear(await screen.findByTestId('config-prefix'));
    await user.type(field('prefix'), 'us-wa');
    await waitFor(() => expect(errorOf(field('prefix'))).toContain('us-wa belongs to another export config'));
    await user.type(field('prefix'), '-w');
    await waitFor(() => expect(field('prefix').getAttribute('aria-invalid')).toBeNull());
  });

  it('warns of a period under four hours, and of more files than phones take', async () => {
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '120');
    expect(screen.getByTestId('config-files-a-day').textContent).toBe('12');
    expect(screen.getByTestId('config-load').textContent).toContain('Under 4 hours');
    expect(screen.getByTestId('config-load').textContent).toContain('Fits both');
    await user.selectOptions(field('period'), '60');
    expect(screen.getByTestId('config-load').textContent).toContain('Too many for both');
  });

  it('estimates a month’s downloads for the phones that are assumed', async () => {
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    const egress = () => screen.getByTestId('config-egress').textContent;
    await screen.findByTestId('config-egress');
    // 14,200 keys and six files come to 300,980 bytes a day.
    expect(egress()).toBe('≈ 9.0 TB');
    await user.clear(screen.getByTestId('config-phones'));
    await user.type(screen.getByTestId('config-phones'), '5,000,000');
    expect(egress()).toBe('≈ 45 TB');
    await user.type(screen.getByTestId('config-phones'), 'x');
    expect(egress()).toBe('not known');
  });

  it('says so where no key came in, instead of a figure', async () => {
    render(ConfigPage, { id: EU });
    await waitFor(() =>
      expect(screen.getByTestId('config-no-counts').textContent).toContain('No key of these regions'),
    );
    expect(screen.queryByTestId('config-egress')).toBeNull();
  });

  it('keeps its start, shows the changes alone, and saves them over its revision', async () => {
    const update = vi.spyOn(commands, 'updateExportConfig');
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    expect(field('valid-from').disabled).toBe(true);
    await user.click(screen.getByTestId('config-review'));
    const changes = await screen.findAllByTestId('config-change');
    expect(changes.map((row) => row.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Period−Before: 4 h+After: 6 h',
    ]);
    await user.click(screen.getByTestId('config-save'));
    await waitFor(() => expect(update).toHaveBeenCalledOnce());
    expect(update.mock.calls[0]?.slice(0, 2)).toEqual([MAG, 2]);
  });

  it('can’t be saved unchanged', async () => {
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await user.click(await screen.findByTestId('config-review'));
    expect((await screen.findByTestId<HTMLButtonElement>('config-save')).disabled).toBe(true);
  });

  it('keeps where its files go once batches were made, and says why', async () => {
    render(ConfigPage, { id: MAG });
    await screen.findByTestId('config-prefix');
    expect(field('prefix').disabled).toBe(true);
    expect(field('storage').disabled).toBe(true);
    expect(errorOf(field('prefix'))).toContain('phones read the index there');
    cleanup();
    render(ConfigPage, { id: MAG_S });
    await screen.findByTestId('config-prefix');
    expect(field('prefix').disabled).toBe(false);
    expect(field('storage').disabled).toBe(false);
  });
});

describe('changes to a config that were left', () => {
  it('has what was changed still there after something led away, until somebody starts over', async () => {
    const user = userEvent.setup();
    const { unmount } = render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    unmount();
    render(ConfigPage, { id: EU });
    expect((await screen.findByTestId<HTMLSelectElement>('config-period')).value).toBe('1440');
    expect(screen.queryByTestId('config-resumed')).toBeNull();
    cleanup();
    render(ConfigPage, { id: MAG });
    expect((await screen.findByTestId<HTMLSelectElement>('config-period')).value).toBe('360');
    await user.click(screen.getByTestId('config-start-over'));
    expect(field('period').value).toBe('240');
    cleanup();
    render(ConfigPage, { id: MAG });
    await screen.findByTestId('config-period');
    expect(screen.queryByTestId('config-resumed')).toBeNull();
  });

  it('forgets what was changed when it is cancelled', async () => {
    const user = userEvent.setup();
    const { unmount } = render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    await user.click(screen.getByTestId('config-cancel'));
    expect(location.hash).toBe('#/export-configs');
    unmount();
    render(ConfigPage, { id: MAG });
    expect((await screen.findByTestId<HTMLSelectElement>('config-period')).value).toBe('240');
  });
});
