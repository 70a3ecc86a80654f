// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { forgetQueries } from '$lib/query.svelte';
import { damagedView } from '../../../tests/fake/verification';
import BatchPage from './BatchPage.svelte';
import { batchWith } from './fixtures';

const GOOD = '01931000-0000-7000-8000-000000000210';
const FAILED = '01931000-0000-7000-8000-000000000202';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
  forgetQueries();
});

describe('a published batch', () => {
  it('says where a download was saved', async () => {
    render(BatchPage, { id: GOOD });
    await userEvent.click(await screen.findByTestId('file-download'));
    expect((await screen.findByTestId('file-saved')).textContent).toContain('~/Downloads/');
  });

  it('shows each signature and each rule of a good file', async () => {
    render(BatchPage, { id: GOOD });
    await userEvent.click(await screen.findByTestId('file-verify'));
    const result = await screen.findByTestId('verify-result');
    expect(result.dataset.accepted).toBe('true');
    expect(result.textContent).toContain('A phone would accept this file');
    expect(screen.getAllByTestId('verify-signature')).toHaveLength(2);
  });

  it('says what is wrong with a damaged file, the broken rule first', async () => {
    vi.spyOn(commands, 'verifyFile').mockResolvedValue(damagedView.report);
    render(BatchPage, { id: GOOD });
    await userEvent.click(await screen.findByTestId('file-verify'));
    const result = await screen.findByTestId('verify-result');
    expect(result.textContent).toContain('A phone would refuse this file');
    expect(screen.getAllByTestId('verify-rule')[0]?.textContent).toContain('Every key’s fields are in range');
    expect(screen.getAllByTestId('verify-rule')[0]?.dataset.verdict).toBe('fail');
  });

  it('is regenerated only once its region was typed', async () => {
    const regenerate = vi.spyOn(commands, 'regenerateBatch');
    render(BatchPage, { id: GOOD });
    await userEvent.click(await screen.findByTestId('batch-regenerate'));
    expect((await screen.findByTestId('regenerate-phones')).textContent).toContain(
      '15 on iOS, 20 on Android',
    );
    const confirm = await screen.findByTestId<HTMLButtonElement>('confirm');
    expect(confirm.disabled).toBe(true);
    await userEvent.type(screen.getByTestId('confirm-word'), 'MAG');
    await userEvent.click(confirm);
    await waitFor(() => expect(regenerate).toHaveBeenCalledExactlyOnceWith(GOOD));
  });
});

describe('a batch that is being made', () => {
  it('is asked for every second until it is done, and shows each step', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const at = (files_done: number) => ({ step: 'storing' as const, files: 3, files_done });
    vi.spyOn(commands, 'getBatch')
      .mockResolvedValueOnce(batchWith({ state: 'leased', progress: at(1), files: [] }))
      .mockResolvedValueOnce(batchWith({ state: 'leased', progress: at(2), files: [] }))
      .mockResolvedValue(batchWith());
    render(BatchPage, { id: 'batch-1' });
    const text = async () => (await screen.findByTestId('batch-progress')).textContent;
    expect(await text()).toContain('1 of 3 done');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await text()).toContain('2 of 3 done');
    await vi.advanceTimersByTimeAsync(1_000);
    await waitFor(() => expect(screen.queryByTestId('batch-progress')).toBeNull());
    expect(screen.getByTestId('file-row')).toBeTruthy();
  });
});

describe('a failed batch', () => {
  it('lists what each attempt came to', async () => {
    render(BatchPage, { id: FAILED });
    const attempts = await screen.findAllByTestId('attempt');
    expect(attempts.map((attempt) => attempt.dataset.outcome)).toEqual(Array(4).fill('failed'));
    expect(attempts[0]?.textContent).toContain('Attempt 4');
    expect(attempts[0]?.textContent).toContain('no space left on the device');
  });

  it('says why and when it is tried again, and can be retried', async () => {
    const retry = vi.spyOn(commands, 'retryBatch');
    render(BatchPage, { id: FAILED });
    expect((await screen.findByTestId('batch-error')).textContent).toContain('no space left on the device');
    await userEvent.click(screen.getByTestId('batch-retry'));
    await userEvent.click(await screen.findByTestId('confirm'));
    await waitFor(() => expect(retry).toHaveBeenCalledExactlyOnceWith(FAILED));
  });
});
