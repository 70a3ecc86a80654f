// @vitest-environment happy-dom
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { router } from '$lib/router.svelte';
import { errorOf, field, MAG, testsOfConfigPage } from '../../../tests/pages/config-page';
import { refusal } from '../../../tests/pages/setup';
import ConfigPage from './ConfigPage.svelte';

testsOfConfigPage();

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
      refusal('invalid', 'path_prefix: taken', {
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
