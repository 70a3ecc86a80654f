// @vitest-environment happy-dom
import { render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Status } from '$lib/api';
import { commands } from '$lib/commands';
import { everyAttention } from '../../../tests/fake/attention';
import { status } from '../../../tests/fake/data';
import { leaveNothing, refusal } from '../../../tests/pages/setup';
import OverviewPage from './OverviewPage.svelte';

// The chart measures and draws, which needs a browser.
vi.mock('$components/Chart.svelte', async () => ({
  default: (await import('$components/Spinner.svelte')).default,
}));

leaveNothing();

const answers = (over: Partial<Status>) =>
  vi.spyOn(commands, 'status').mockResolvedValue({ ...status, ...over });
const daemon = async () => (await screen.findByTestId('figure-daemon')).textContent;

describe('the overview', () => {
  it('says in one word that all is well, and that nothing needs a person', async () => {
    answers({ attention: [] });
    render(OverviewPage);
    expect(await daemon()).toContain('Healthy');
    expect(screen.getByTestId('attention-none')).toBeTruthy();
  });

  it('names each matter that needs a person, with the one way to it', async () => {
    answers({ attention: everyAttention });
    render(OverviewPage);
    expect(await daemon()).toContain('Failing');
    const rows = await screen.findAllByTestId('attention-row');
    expect(rows.map((row) => row.dataset.kind)).toEqual(everyAttention.map(({ kind }) => kind));
    const waiting = rows.find((row) => row.dataset.kind === 'batch-awaiting-signature');
    expect(waiting?.textContent).toContain('Waiting for a signature');
    expect(waiting?.querySelectorAll('a')).toHaveLength(1);
  });

  it('shows each config’s last and next window, and none for one that is paused', async () => {
    answers({});
    render(OverviewPage);
    const rows = await screen.findAllByTestId('overview-config');
    expect(rows).toHaveLength(status.configs.length);
    const paused = rows[status.configs.findIndex(({ state }) => state === 'paused')];
    expect(paused?.textContent).toContain('paused');
    expect(paused?.querySelector('[data-testid=overview-next]')?.textContent?.trim()).toBe('none');
  });

  it('keeps showing what was known, with its age, once the daemon is out of reach', async () => {
    vi.spyOn(commands, 'status').mockRejectedValue(refusal('offline'));
    vi.spyOn(commands, 'lastKnown').mockResolvedValue({
      ...(await commands.lastKnown()),
      status: { at: '2026-11-23T16:00:00Z', value: status },
    });
    render(OverviewPage);
    expect((await screen.findByTestId('state-offline')).textContent).toContain('16:00');
    await waitFor(() => expect(screen.getAllByTestId('overview-config').length).toBeGreaterThan(0));
  });
});
