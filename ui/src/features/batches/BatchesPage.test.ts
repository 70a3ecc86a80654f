// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { forgetQueries } from '$lib/query.svelte';
import { router } from '$lib/router.svelte';
import BatchesPage from './BatchesPage.svelte';
import { batchesOf, left } from './paths';

const MAG = '01931000-0000-7000-8000-000000000101';
/** A config that begins later: it has no batches yet. */
const MAG_S = '01931000-0000-7000-8000-000000000104';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
  left.remember('');
});

const choice = (name: string) => screen.findByTestId<HTMLSelectElement>(`batch-filter-${name}`);

it('is narrowed to what the address says, and says in the address what it is narrowed to', async () => {
  const list = vi.spyOn(commands, 'listBatches');
  router.go(batchesOf(MAG));
  render(BatchesPage);
  expect((await choice('config')).value).toBe(MAG);
  await waitFor(() => expect(list.mock.calls.some(([filter]) => filter.config_id === MAG)).toBe(true));
  await userEvent.selectOptions(await choice('state'), 'failed');
  await waitFor(() => expect(location.hash).toBe(`#/batches?config=${MAG}&state=failed`));
  await userEvent.selectOptions(await choice('config'), 'all');
  await waitFor(() => expect(location.hash).toBe('#/batches?state=failed'));
  expect(left.address).toBe('/batches?state=failed');
});

it('says so where a config has no batches, by the name of the config', async () => {
  router.go(batchesOf(MAG_S));
  render(BatchesPage);
  await waitFor(async () => expect((await choice('config')).selectedOptions[0]?.text).toBe('MAG-S'));
  await screen.findByTestId('state-empty');
  await userEvent.click(screen.getAllByRole('button', { name: 'Show all' })[0]!);
  await waitFor(() => expect(location.hash).toBe('#/batches'));
  expect(screen.queryByTestId('state-empty')).toBeNull();
});

it('stays as it is while another page comes', async () => {
  router.go(batchesOf(MAG));
  render(BatchesPage);
  await choice('config');
  router.go('/people');
  expect((await choice('config')).value).toBe(MAG);
});
