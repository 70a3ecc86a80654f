// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '$lib/query.svelte';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import { viewer } from '../../../tests/fake/data';
import { overlays } from '../overlays.svelte';
import Palette from './Palette.svelte';

const MAG = '01931000-0000-7000-8000-000000000101';

beforeEach(() => {
  router.go('/');
  overlays.openPalette();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
  overlays.palette = false;
  session.me = undefined;
});

const field = () => screen.findByTestId<HTMLInputElement>('palette-input');
const options = () => screen.queryAllByRole('option').map((option) => option.textContent ?? '');
const chosen = () =>
  screen.getAllByRole('option').filter((one) => one.getAttribute('aria-selected') === 'true');

describe('the palette', () => {
  it('goes to what a few letters find, by keyboard alone', async () => {
    render(Palette);
    await userEvent.type(await field(), 'audit');
    await waitFor(() => expect(options()[0]).toContain('Audit'));
    await userEvent.keyboard('{Enter}');
    expect(router.path).toBe('/audit');
    expect(overlays.palette).toBe(false);
  });

  it('offers the daemon’s own configs and keys once they are read', async () => {
    render(Palette);
    await userEvent.type(await field(), 'us-wa');
    await waitFor(() => expect(options().some((text) => text.includes('US-WA'))).toBe(true));
    await userEvent.clear(await field());
    await userEvent.type(await field(), '310 v2');
    await waitFor(() => expect(options().some((text) => text.includes('310 v2'))).toBe(true));
  });

  it('goes round with the arrow keys, and tells which one is chosen', async () => {
    render(Palette);
    const input = await field();
    await waitFor(() => expect(options().length).toBeGreaterThan(5));
    const first = chosen()[0]?.id;
    expect(input.getAttribute('aria-activedescendant')).toBe(first);
    await userEvent.type(input, '{ArrowUp}');
    expect(chosen()).toHaveLength(1);
    expect(chosen()[0]).toBe(screen.getAllByRole('option').at(-1));
    await userEvent.type(input, '{ArrowDown}');
    expect(chosen()[0]?.id).toBe(first);
  });

  it('says that nothing was found, and Enter does nothing then', async () => {
    render(Palette);
    await userEvent.type(await field(), 'zzzz{Enter}');
    await waitFor(() => expect(options()).toEqual([]));
    expect(overlays.palette).toBe(true);
    expect(router.path).toBe('/');
  });

  it('offers what somebody may do, and nothing else', async () => {
    render(Palette);
    await userEvent.type(await field(), 'create an export config');
    await waitFor(() => expect(options()).toHaveLength(1));
    session.me = viewer;
    await waitFor(() => expect(options()).toHaveLength(0));
  });

  it('goes to a config by a press', async () => {
    render(Palette);
    await userEvent.type(await field(), 'mag-n');
    await waitFor(() => expect(options().length).toBeGreaterThan(0));
    await userEvent.clear(await field());
    await userEvent.type(await field(), 'MAG');
    const option = await waitFor(() => {
      const found = screen.getAllByRole('option').find((one) => one.id.endsWith(MAG));
      expect(found).toBeTruthy();
      return found!;
    });
    await userEvent.click(option);
    expect(router.path).toBe(`/export-configs/${MAG}`);
  });
});
