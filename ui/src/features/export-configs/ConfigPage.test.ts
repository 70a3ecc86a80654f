// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import ConfigPage from './ConfigPage.svelte';

const MAG = '01931000-0000-7000-8000-000000000101';
const field = (name: string) => screen.getByTestId<HTMLInputElement>(`config-${name}`);
const errorOf = (control: HTMLElement) =>
  (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

beforeEach(() => {
  location.hash = '';
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('a new config', () => {
  it('goes from typing over the review to the daemon, by keyboard alone', async () => {
    const create = vi.spyOn(commands, 'createExportConfig');
    const user = userEvent.setup();
    render(ConfigPage);
    await screen.findByTestId('config-output-region');
    field('output-region').focus();
    await user.keyboard('mag-w');
    expect(field('prefix').value).toBe('mag-w');
    await user.selectOptions(field('storage'), 'cdn-primary');
    screen.getAllByTestId('config-key')[0]?.focus();
    await user.keyboard(' ');
    field('review').focus();
    await user.keyboard('{Enter}');
    const save = await screen.findByTestId('config-save');
    expect(screen.getByText('MAG-W alone')).toBeTruthy();
    save.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(location.hash).toBe('#/export-configs'));
    expect(create).toHaveBeenCalledOnce();
    expect(create.mock.calls[0]?.[0]).toMatchObject({
      output_region: 'mag-w',
      path_prefix: 'mag-w',
      period_minutes: 240,
      storage_target: 'cdn-primary',
      small_batch: { policy: 'pad', minimum: 1_000, jitter: 100 },
    });
  });

  it('takes a refused review to the first field, and says why at the field and aloud', async () => {
    const user = userEvent.setup();
    render(ConfigPage);
    await user.click(await screen.findByTestId('config-review'));
    await waitFor(() => expect(document.activeElement).toBe(field('output-region')));
    expect(field('output-region').getAttribute('aria-invalid')).toBe('true');
    expect(errorOf(field('output-region'))).toContain('It is empty. Allowed: 1 to 20 letters and digits');
    expect(screen.getByTestId('config-announcement').textContent).toContain('Output region: It is empty');
    expect(screen.queryByTestId('config-save')).toBeNull();
  });

  it('shows a problem while the field is typed in, and takes it away once it is right', async () => {
    const user = userEvent.setup();
    render(ConfigPage);
    await user.type(await screen.findByTestId('config-prefix'), 'mag');
    await waitFor(() => expect(errorOf(field('prefix'))).toContain('The config of MAG has it already'));
    await user.type(field('prefix'), '-w');
    await waitFor(() => expect(field('prefix').getAttribute('aria-invalid')).toBeNull());
  });

  it('warns of a period under four hours, and of more files than phones take', async () => {
    const user = userEvent.setup();
    render(ConfigPage);
    await user.selectOptions(await screen.findByTestId('config-period'), '120');
    expect(screen.getByTestId('config-files-a-day').textContent).toBe('12');
    expect(screen.getByTestId('config-load').textContent).toContain('Under 4 hours');
    expect(screen.getByTestId('config-load').textContent).toContain('Fits both');
    await user.selectOptions(field('period'), '60');
    expect(screen.getByTestId('config-load').textContent).toContain('Too many for both');
  });
});

describe('a config that exists', () => {
  it('keeps its start, shows the changes alone, and saves them over its revision', async () => {
    const update = vi.spyOn(commands, 'updateExportConfig');
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    expect(field('valid-from').disabled).toBe(true);
    await user.click(screen.getByTestId('config-review'));
    const changes = await screen.findAllByTestId('config-change');
    expect(changes.map((row) => row.textContent?.replace(/\s+/g, ' ').trim())).toEqual(['Period−Before: 4 h+After: 6 h']);
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
});
