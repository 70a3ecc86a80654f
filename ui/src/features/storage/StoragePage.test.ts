// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { forgetQueries } from '$lib/query.svelte';
import { session } from '$lib/session.svelte';
import { storageTargets, viewer } from '../../../tests/fake/data';
import StoragePage from './StoragePage.svelte';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
  session.me = undefined;
});

const [primary] = storageTargets;
const answers = (over: Partial<(typeof storageTargets)[0]>) =>
  vi.spyOn(commands, 'listStorageTargets').mockResolvedValue([{ ...primary!, ...over }]);

describe('a storage target', () => {
  it('says step by step where its last test stopped', async () => {
    answers({
      last_test: {
        passed: false,
        tested_at: '2026-11-23T16:00:00Z',
        steps: [
          { step: 'write', passed: true, detail: '' },
          { step: 'read', passed: false, detail: 'access denied' },
        ],
      },
    });
    render(StoragePage);
    const steps = await screen.findAllByTestId('step');
    expect(steps).toHaveLength(2);
    expect(steps[1]?.textContent).toContain('access denied');
    expect(steps[1]?.querySelector('[lang=en]')?.textContent).toContain('access denied');
  });

  it('is tested when asked, and shows what came of it', async () => {
    const list = answers({ last_test: null });
    const test = vi.spyOn(commands, 'testStorageTarget');
    render(StoragePage);
    await userEvent.click(await screen.findByTestId('storage-test'));
    await waitFor(() => expect(test).toHaveBeenCalledExactlyOnceWith(primary!.name));
    await waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  });

  it('says why it could not be tested', async () => {
    answers({});
    const refusal = {
      code: 'timeout' as const,
      title: 'No answer in time',
      detail: 'x',
      next_step: '',
      problem: null,
    };
    vi.spyOn(commands, 'testStorageTarget').mockRejectedValue(new CommandFailure(refusal));
    render(StoragePage);
    await userEvent.click(await screen.findByTestId('storage-test'));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
  });

  it('is only looked at by somebody who may not operate', async () => {
    session.me = viewer;
    answers({});
    render(StoragePage);
    await screen.findByText(primary!.location);
    expect(screen.queryByTestId('storage-test')).toBeNull();
  });
});
