// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from './api';
import { localNow, now } from './clock.svelte';
import { CommandFailure } from './failure';
import { clockAhead, link } from './link.svelte';
import { Query } from './query.svelte';
import { status } from '../../tests/fake/data';

const NOW = Date.parse(status.now);
const offline = new CommandFailure({
  code: 'offline',
  title: '',
  detail: 'refused',
  next_step: '',
  problem: null,
});

describe('clockAhead', () => {
  it('holds nothing against clocks that agree as far as can be told', () => {
    expect(clockAhead(status.now, NOW, NOW + 200)).toBe(0);
    expect(clockAhead(status.now, NOW + 5_900, NOW + 5_900)).toBe(0);
    // A computer that slept while it waited for the answer.
    expect(clockAhead(status.now, NOW, NOW + 3_600_000)).toBe(0);
  });

  it('measures from the middle of the request, in seconds', () => {
    expect(clockAhead(status.now, NOW + 719_900, NOW + 720_100)).toBe(-720_000);
    expect(clockAhead(status.now, NOW - 60_100, NOW - 59_900)).toBe(60_000);
  });
});

describe('link', () => {
  let stop: () => void = () => {};
  beforeEach(() => vi.useFakeTimers({ now: NOW }));
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it('is lost while the status is offline, and knows since when', async () => {
    const fetch = vi.fn<() => Promise<Status>>().mockResolvedValueOnce(status);
    const query = new Query(fetch);
    stop = link.follow(query);
    await query.refresh();
    expect([link.lost, link.heardAt]).toEqual([false, NOW]);
    fetch.mockRejectedValueOnce(offline);
    vi.setSystemTime(NOW + 60_000);
    await query.refresh();
    expect([link.lost, link.heardAt, link.error?.detail]).toEqual([true, NOW, 'refused']);
    fetch.mockResolvedValueOnce(status);
    link.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect([link.lost, link.error]).toEqual([false, undefined]);
  });

  it('tries once at a time', async () => {
    const fetch = vi.fn<() => Promise<Status>>().mockReturnValue(new Promise(() => {}));
    stop = link.follow(new Query(fetch));
    link.retry();
    link.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('lets the pages go by the daemon’s clock where this computer’s is off', async () => {
    vi.setSystemTime(NOW + 720_000);
    const query = new Query(() => Promise.resolve(status));
    stop = link.follow(query);
    await query.refresh();
    link.measure();
    expect(link.ahead).toBe(-720_000);
    expect([now(), localNow()]).toEqual([NOW + 720_000 + link.ahead, NOW + 720_000]);
    stop();
    expect([link.ahead, now()]).toEqual([0, NOW + 720_000]);
  });

  it('is not let go of by a shell that is gone', () => {
    const old = link.follow(new Query(() => Promise.resolve(status)));
    const query = new Query(() => Promise.resolve(status));
    query.set(status);
    stop = link.follow(query);
    old();
    expect(link.heardAt).toBe(NOW);
  });
});
