// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet, tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Button from '$components/Button.svelte';
import type { Status } from '$lib/api';
import { commands } from '$lib/commands';
import { CommandFailure } from '$lib/failure';
import { link, NOT_LIVE } from '$lib/link.svelte';
import { forgetQueries, Query } from '$lib/query.svelte';
import { connection, NOW, status } from '../../tests/fake/data';
import LinkNotes from './LinkNotes.svelte';
import Shell from './Shell.svelte';

const offline = new CommandFailure({
  code: 'offline',
  title: '',
  detail: 'connection refused',
  next_step: '',
  problem: null,
});
const words = createRawSnippet(() => ({ render: () => '<span>Test</span>' }));

afterEach(() => {
  cleanup();
  forgetQueries();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a button that asks the daemon', () => {
  let fetch: ReturnType<typeof vi.fn<() => Promise<Status>>>;
  let query: Query<Status>;
  let stop: () => void;
  beforeEach(() => {
    fetch = vi.fn<() => Promise<Status>>().mockRejectedValue(offline);
    query = new Query(fetch);
    stop = link.follow(query);
  });
  afterEach(() => stop());

  it('is off while the daemon is out of reach, says why to whoever comes to it, and is back with it', async () => {
    const onclick = vi.fn();
    render(LinkNotes);
    render(Button, { busy: false, onclick, children: words });
    const button = screen.getByRole('button', { name: 'Test' });
    await query.refresh();
    await tick();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    const reason = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect([reason?.id, reason?.textContent]).toEqual([NOT_LIVE, button.title]);
    button.focus();
    expect(document.activeElement).toBe(button);
    await userEvent.click(button);
    expect(onclick).not.toHaveBeenCalled();

    fetch.mockResolvedValue(status);
    await query.refresh();
    await tick();
    expect(button.getAttribute('aria-disabled')).toBeNull();
    await userEvent.click(button);
    expect(onclick).toHaveBeenCalledOnce();
  });

  it('sends no form while it is off', async () => {
    await query.refresh();
    const form = document.createElement('form');
    const onsubmit = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', onsubmit);
    document.body.append(form);
    render(Button, { target: form, props: { busy: false, type: 'submit', children: words } });
    await userEvent.click(screen.getByRole('button', { name: 'Test' }));
    expect(onsubmit).not.toHaveBeenCalled();
    form.remove();
  });

  it('stays on where its work is local, or where it only opens something', async () => {
    await query.refresh();
    render(Button, { busy: false, local: true, children: words });
    render(Button, { children: words });
    for (const button of screen.getAllByRole('button'))
      expect(button.getAttribute('aria-disabled')).toBeNull();
  });
});

describe('the shell', () => {
  it('finds back to the daemon by itself, and reads anew what is on the screen', async () => {
    vi.useFakeTimers({ now: Date.parse(NOW) });
    const asked = vi.spyOn(commands, 'status').mockRejectedValue(offline);
    const me = vi.spyOn(commands, 'me').mockRejectedValue(offline);
    render(Shell, { connection });
    await vi.advanceTimersByTimeAsync(100);
    expect(screen.getByTestId('not-live').textContent).toContain('connection refused');
    const before = [asked.mock.calls.length, me.mock.calls.length];
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked.mock.calls.length).toBeGreaterThan(before[0] ?? 0);
    expect(me.mock.calls.length).toBe(before[1]);
    asked.mockResolvedValue({ ...status, now: new Date(Date.now()).toISOString() });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(screen.queryByTestId('not-live')).toBeNull();
    expect(me.mock.calls.length).toBe((before[1] ?? 0) + 1);
  });

  it('says that the clocks differ, and by how much', async () => {
    vi.useFakeTimers({ now: Date.parse(NOW) + 720_000 });
    render(Shell, { connection });
    await vi.advanceTimersByTimeAsync(100);
    expect(screen.getByTestId('clock-skew').textContent).toContain('12 min ahead of the daemon’s');
  });
});
