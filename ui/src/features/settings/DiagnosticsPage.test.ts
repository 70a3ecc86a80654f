// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { toasts } from '$lib/toasts.svelte';
import { diagnostics } from '../../../tests/fake/diagnostics';
import DiagnosticsPage from './DiagnosticsPage.svelte';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('copies exactly what it shows, and says what was copied', async () => {
  const copy = vi.spyOn(commands, 'copyText');
  render(DiagnosticsPage);
  expect((await screen.findByTestId('diagnostics-text')).textContent).toBe(diagnostics.text);
  await userEvent.click(screen.getByTestId('diagnostics-copy'));
  expect(copy).toHaveBeenCalledExactlyOnceWith(diagnostics.text);
  expect(toasts.list.at(-1)?.text).toBe('Copied: the diagnostics');
});

it('reads anew only when asked', async () => {
  const read = vi.spyOn(commands, 'diagnostics');
  render(DiagnosticsPage);
  await screen.findByTestId('diagnostics-text');
  window.dispatchEvent(new Event('focus'));
  expect(read).toHaveBeenCalledTimes(1);
  await userEvent.click(screen.getByTestId('diagnostics-refresh'));
  expect(read).toHaveBeenCalledTimes(2);
});
