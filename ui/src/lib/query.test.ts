import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from './api';
import { CommandFailure } from './failure';
import { Query } from './query.svelte';

const failure = (code: ErrorCode) =>
  new CommandFailure({ code, title: 'T', detail: 'd', next_step: '', problem: null });

/** A promise that the test settles when it likes. */
function pending<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

describe('Query', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_000 }));
  afterEach(() => vi.useRealTimers());

  it('is loading until the first answer, and knows when that came', async () => {
    const query = new Query(() => Promise.resolve('keys'));
    expect(query.state).toBe('loading');
    await query.refresh();
    expect([query.state, query.data, query.loadedAt]).toEqual(['ready', 'keys', 1_000]);
  });

  it('keeps the last data and its age while offline, and recovers', async () => {
    const fetch = vi.fn<() => Promise<string>>().mockResolvedValueOnce('keys');
    const query = new Query(fetch);
    await query.refresh();
    fetch.mockRejectedValueOnce(failure('offline'));
    vi.setSystemTime(61_000);
    await query.refresh();
    expect([query.state, query.data, query.loadedAt]).toEqual(['offline', 'keys', 1_000]);
    fetch.mockResolvedValueOnce('more keys');
    await query.refresh();
    expect([query.state, query.data, query.error]).toEqual(['ready', 'more keys', undefined]);
  });

  it('shows what was kept, with its age, where it never had an answer', async () => {
    const fetch = vi.fn<() => Promise<string>>().mockRejectedValueOnce(failure('offline'));
    const recall = vi.fn(() => Promise.resolve({ data: 'keys of yesterday', at: 500 }));
    const query = new Query(fetch, recall);
    await query.refresh();
    expect([query.state, query.data, query.loadedAt]).toEqual(['offline', 'keys of yesterday', 500]);
    fetch.mockRejectedValueOnce(failure('offline'));
    await query.refresh();
    expect(recall).toHaveBeenCalledTimes(1);
    fetch.mockResolvedValueOnce('keys');
    await query.refresh();
    expect([query.state, query.data, query.loadedAt]).toEqual(['ready', 'keys', 1_000]);
  });

  it('shows what was kept while the first answer takes long, as not live', async () => {
    const slow = pending<string>();
    const query = new Query(
      () => slow.promise,
      () => Promise.resolve({ data: 'keys of yesterday', at: 500 }),
    );
    const first = query.refresh();
    await vi.advanceTimersByTimeAsync(1_400);
    expect([query.state, query.data]).toEqual(['loading', undefined]);
    await vi.advanceTimersByTimeAsync(200);
    expect([query.state, query.data, query.loadedAt]).toEqual(['loading', 'keys of yesterday', 500]);
    slow.resolve('keys');
    await first;
    expect([query.state, query.data]).toEqual(['ready', 'keys']);
  });

  it('recalls nothing for a refusal', async () => {
    const recall = vi.fn(() => Promise.resolve({ data: 'keys of yesterday', at: 500 }));
    const query = new Query(() => Promise.reject(failure('forbidden')), recall);
    await query.refresh();
    expect([query.state, query.data, recall.mock.calls.length]).toEqual(['refused', undefined, 0]);
  });

  it('drops what the reader may no longer see', async () => {
    const fetch = vi.fn<() => Promise<string>>().mockResolvedValueOnce('keys');
    const query = new Query(fetch);
    await query.refresh();
    fetch.mockRejectedValueOnce(failure('forbidden'));
    await query.refresh();
    expect([query.state, query.data]).toEqual(['refused', undefined]);
  });

  it('lets no slow answer overwrite a newer one', async () => {
    const slow = pending<string>();
    const fetch = vi
      .fn<() => Promise<string>>()
      .mockReturnValueOnce(slow.promise)
      .mockResolvedValueOnce('new');
    const query = new Query(fetch);
    const first = query.refresh();
    await query.refresh();
    slow.resolve('old');
    await first;
    expect([query.data, query.refreshing]).toEqual(['new', false]);
  });

  it('calls a fault that has no code a refusal, with its words', async () => {
    const query = new Query(() => Promise.reject(new Error('no such command')));
    await query.refresh();
    expect([query.state, query.error?.code, query.error?.detail]).toEqual([
      'refused',
      'internal',
      'no such command',
    ]);
  });
});
