// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { forgetQueries } from '$lib/query.svelte';
import { session } from '$lib/session.svelte';
import { me, status, viewer } from '../../../tests/fake/data';
import FindAKeyPage from './FindAKeyPage.svelte';

const KEY = 'AAECAwQFBgcICQoLDA0ODw==';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
  session.me = undefined;
});

async function type(text: string): Promise<HTMLButtonElement> {
  render(FindAKeyPage);
  const field = await screen.findByTestId('find-key');
  await userEvent.clear(field);
  await userEvent.type(field, text);
  return screen.getByTestId<HTMLButtonElement>('find-ask');
}

describe('the page', () => {
  it('says how much of a key is there, and asks only about a whole one', async () => {
    const ask = await type('AAECAwQFBgcI');
    expect(screen.getByTestId('find-read').textContent).toContain('9 of 16 bytes');
    expect(ask.disabled).toBe(true);
    await userEvent.type(screen.getByTestId('find-key'), 'CQoLDA0ODw==');
    expect(screen.getByTestId('find-read').textContent).toContain('A whole key, in base64');
    expect(ask.disabled).toBe(false);
  });

  it('sends the key alone, shows the way to the file, and drops the answer when another key is typed', async () => {
    const look = vi.spyOn(commands, 'lookUpTek');
    await userEvent.click(await type(`${KEY} `));
    await screen.findAllByTestId('find-config');
    expect(look).toHaveBeenCalledWith({ key: KEY, received_at: null, region: null });
    expect(location.href).not.toContain('AAECAw');
    expect(screen.getAllByTestId('find-batch')[0]?.getAttribute('href')).toMatch(/^#\/batches\//);
    await userEvent.type(screen.getByTestId('find-key'), 'A');
    await waitFor(() => expect(screen.queryByTestId('find-config')).toBeNull());
  });

  it('asks about a time and a region', async () => {
    const look = vi.spyOn(commands, 'lookUpTek');
    render(FindAKeyPage);
    await userEvent.click(await screen.findByTestId('find-kind-receipt'));
    await userEvent.type(screen.getByTestId('find-time'), '2026-11-23 11:40');
    await userEvent.type(screen.getByTestId('find-region'), 'mag');
    await userEvent.click(screen.getByTestId('find-ask'));
    await screen.findAllByTestId('find-config');
    expect(look).toHaveBeenCalledWith({ key: null, received_at: '2026-11-23T11:40:00Z', region: 'MAG' });
    expect(screen.getByTestId('find-receipts').textContent).toContain(
      '31 keys of MAG came in from 23 Nov 11:40 to 11:50 UTC.',
    );
    expect(screen.getByText('Still valid when they came in')).toBeTruthy();
  });

  it('says that none came in, and calls nothing published then', async () => {
    render(FindAKeyPage);
    await userEvent.click(await screen.findByTestId('find-kind-receipt'));
    await userEvent.type(screen.getByTestId('find-time'), '2026-11-23 11:40');
    await userEvent.type(screen.getByTestId('find-region'), 'eu');
    await userEvent.click(screen.getByTestId('find-ask'));
    const none = await screen.findByTestId('find-receipts');
    expect(none.textContent).toContain('No key of EU came in from 23 Nov 11:40 to 11:50 UTC');
    expect(none.textContent).toContain('kept for 15 days');
    expect(screen.queryByText('Published')).toBeNull();
  });

  it('says why a key may not be there', async () => {
    await userEvent.click(await type('nAECAwQFBgcICQoLDA0ODw=='));
    const none = await screen.findByTestId('find-none');
    expect(none.textContent).toContain('kept for 15 days after their release');
  });

  it('shows what the daemon refuses', async () => {
    const problem = {
      code: 'too-many-requests' as const,
      title: 'Too many',
      detail: 'ask again in 90 seconds',
    };
    const failure = new CommandFailure({ ...problem, next_step: '', problem: null });
    vi.spyOn(commands, 'lookUpTek').mockRejectedValue(failure);
    await userEvent.click(await type(KEY));
    expect((await screen.findByTestId('find-error')).textContent).toContain('ask again in 90 seconds');
  });

  it('says which lines turn it on where it is off', async () => {
    vi.spyOn(commands, 'status').mockResolvedValue({ ...status, key_lookup: false });
    render(FindAKeyPage);
    const off = await screen.findByTestId('find-off');
    expect(off.textContent).toContain('[key_lookup]\nenabled = true');
    expect(screen.queryByTestId('find-key')).toBeNull();
  });

  it('is for operators and admins', async () => {
    session.me = viewer;
    render(FindAKeyPage);
    expect((await screen.findByTestId('state-empty')).textContent).toContain('Only operators and admins');
    session.me = me;
    expect(await screen.findByTestId('find-key')).toBeTruthy();
  });
});
