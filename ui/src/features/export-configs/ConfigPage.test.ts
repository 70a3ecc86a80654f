// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LastKnown } from '$lib/api';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { router } from '$lib/router.svelte';
import { configs, signingKeys } from '../../../tests/fake/data';
import ConfigPage from './ConfigPage.svelte';
import { forgetUnfinished, takeEdit } from './unfinished';

const MAG = '01931000-0000-7000-8000-000000000101';
const EU = '01931000-0000-7000-8000-000000000103';
/** It begins later, so it has no batches yet. */
const MAG_S = '01931000-0000-7000-8000-000000000104';
const field = (name: string) => screen.getByTestId<HTMLInputElement>(`config-${name}`);
const errorOf = (control: HTMLElement) =>
  (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

const changedMeanwhile = new CommandFailure({
  code: 'changed-meanwhile',
  title: 'Changed meanwhile',
  detail: 'Revision 3 is the newest.',
  next_step: '',
  problem: {
    type: 'urn:tekport:problem:changed-meanwhile',
    title: 'Changed meanwhile',
    status: 412,
    detail: 'Revision 3 is the newest.',
    errors: [],
  },
});
/** The config of MAG, which the form was opened at revision 2 of. */
const magAt = (revision: number) => ({ ...structuredClone(configs[0]!), revision });

beforeEach(() => {
  router.go('/export-configs/new');
});
afterEach(() => {
  cleanup();
  // What a test left of a new config isn't the next one's.
  forgetUnfinished();
  for (const id of [MAG, EU, MAG_S]) takeEdit('', id);
  localStorage.clear();
  vi.restoreAllMocks();
});

describe('a new config', () => {
  it('goes step by step from the region to the daemon, by keyboard alone', async () => {
    const create = vi.spyOn(commands, 'createExportConfig');
    const user = userEvent.setup();
    render(ConfigPage);
    await screen.findByTestId('config-output-region');
    field('output-region').focus();
    await user.keyboard('mag-w');
    field('next').focus();
    await user.keyboard('{Enter}');
    await screen.findByTestId('config-period');
    field('next').focus();
    await user.keyboard('{Enter}');
    expect((await screen.findByTestId<HTMLInputElement>('config-prefix')).value).toBe('mag-w');
    await user.selectOptions(field('storage'), 'cdn-primary');
    field('next').focus();
    await user.keyboard('{Enter}');
    (await screen.findAllByTestId('config-key'))[0]?.focus();
    await user.keyboard(' ');
    field('next').focus();
    await user.keyboard('{Enter}');
    const save = await screen.findByTestId<HTMLButtonElement>('config-save');
    expect(screen.getByText('MAG-W alone')).toBeTruthy();
    await waitFor(() => expect(save.disabled).toBe(false));
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

  it('stays at a step with a refused field, and says why at the field and aloud', async () => {
    const user = userEvent.setup();
    render(ConfigPage);
    await user.click(await screen.findByTestId('config-next'));
    await waitFor(() => expect(document.activeElement).toBe(field('output-region')));
    expect(field('output-region').getAttribute('aria-invalid')).toBe('true');
    expect(errorOf(field('output-region'))).toContain('It is empty. Allowed: 1 to 20 letters and digits');
    expect(screen.getByTestId('config-announcement').textContent).toContain('Output region: It is empty');
    expect(screen.queryByTestId('config-period')).toBeNull();
  });

  it('loses nothing on the way back, and shows the next day at every step', async () => {
    const user = userEvent.setup();
    render(ConfigPage);
    await user.type(await screen.findByTestId('config-output-region'), 'MAG-W');
    await user.click(field('next'));
    await user.selectOptions(await screen.findByTestId('config-period'), '360');
    await waitFor(() => expect(screen.getByTestId('config-next-day')).toBeTruthy());
    expect(location.hash).toBe('#/export-configs/new?step=schedule');
    await user.click(screen.getByTestId('config-step-back'));
    expect((await screen.findByTestId<HTMLInputElement>('config-output-region')).value).toBe('MAG-W');
    expect(screen.getByTestId('config-next-day')).toBeTruthy();
    await user.click(field('next'));
    expect((await screen.findByTestId<HTMLSelectElement>('config-period')).value).toBe('360');
  });

  it('leads a refusal of the last moment to the step of its field', async () => {
    vi.spyOn(commands, 'createExportConfig').mockRejectedValue(
      new CommandFailure({
        code: 'invalid' as const,
        title: 'Refused',
        detail: 'path_prefix: taken',
        next_step: '',
        problem: {
          type: 'urn:tekport:problem:invalid',
          title: 'Refused',
          status: 422,
          detail: 'path_prefix: taken',
          errors: [{ field: 'path_prefix', reason: 'somebody has it', allowed: 'another one' }],
        },
      }),
    );
    const user = userEvent.setup();
    render(ConfigPage);
    await user.type(await screen.findByTestId('config-output-region'), 'MAG-W');
    await user.click(field('next'));
    await screen.findByTestId('config-period');
    await user.click(field('next'));
    await user.selectOptions(await screen.findByTestId('config-storage'), 'cdn-primary');
    await user.click(field('next'));
    await user.click((await screen.findAllByTestId('config-key'))[0]!);
    await user.click(field('next'));
    const save = await screen.findByTestId<HTMLButtonElement>('config-save');
    await waitFor(() => expect(save.disabled).toBe(false));
    await user.click(save);
    await waitFor(() => expect(document.activeElement).toBe(field('prefix')));
    expect(errorOf(field('prefix'))).toContain('Somebody has it');
    const marks = screen.getAllByTestId('stepper-step').map((step) => step.dataset.outcome);
    expect(marks).toEqual(['done', 'done', 'at', 'done', 'todo']);
  });

  it('is taken up again after it was left, until somebody starts over', async () => {
    const user = userEvent.setup();
    const { unmount } = render(ConfigPage);
    await user.type(await screen.findByTestId('config-output-region'), 'MAG-W');
    unmount();
    render(ConfigPage);
    expect((await screen.findByTestId<HTMLInputElement>('config-output-region')).value).toBe('MAG-W');
    await user.click(screen.getByTestId('config-start-over'));
    expect(field('output-region').value).toBe('');
    expect(screen.queryByTestId('config-resumed')).toBeNull();
  });

  it('can be a copy: what two configs can’t share is empty and explained', async () => {
    router.go(`/export-configs/new?from=${MAG}`);
    render(ConfigPage);
    expect((await screen.findByTestId<HTMLInputElement>('config-output-region')).value).toBe('');
    expect(screen.getByTestId('config-clone-note').textContent).toContain('The path prefix is empty');
    expect(screen.getByText('MAG-N')).toBeTruthy();
  });
});

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

describe('a config whose daemon is out of reach', () => {
  const known: LastKnown = {
    status: null,
    export_configs: { at: '2026-11-23T16:00:00Z', value: configs },
    batches: null,
    signing_keys: { at: '2026-11-23T16:00:00Z', value: signingKeys },
    storage_targets: null,
    batch_days: null,
    people: null,
    audit: null,
    audit_choices: null,
    batch_pages: [],
    rotations: [],
  };

  it('is shown as it was last known, to be read alone, until the daemon answers', async () => {
    const offline = {
      code: 'offline' as const,
      title: 'No connection',
      detail: 'x',
      next_step: '',
      problem: null,
    };
    vi.spyOn(commands, 'getExportConfig').mockRejectedValueOnce(new CommandFailure(offline));
    vi.spyOn(commands, 'lastKnown').mockResolvedValue(known);
    const preview = vi.spyOn(commands, 'previewExportConfig');
    const user = userEvent.setup();
    render(ConfigPage, { id: MAG });
    await screen.findByTestId('config-period');
    expect(field('period').closest('fieldset')?.disabled).toBe(true);
    expect((await screen.findByTestId('state-offline')).textContent).toContain('23 Nov 2026, 16:00');
    expect(screen.queryByTestId('config-review')).toBeNull();
    expect(preview).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByTestId('config-review');
    expect(field('period').closest('fieldset')?.disabled).toBe(false);
    expect(screen.queryByTestId('state-offline')).toBeNull();
  });

  it('says so where nothing was known of it', async () => {
    const offline = {
      code: 'offline' as const,
      title: 'No connection',
      detail: 'x',
      next_step: '',
      problem: null,
    };
    vi.spyOn(commands, 'getExportConfig').mockRejectedValueOnce(new CommandFailure(offline));
    vi.spyOn(commands, 'lastKnown').mockResolvedValue({ ...known, export_configs: null });
    render(ConfigPage, { id: MAG });
    await screen.findByTestId('state-offline');
    expect(screen.queryByTestId('config-period')).toBeNull();
  });
});
