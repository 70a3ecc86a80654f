/** Every page of the console. Each feature lists its own. */
import { routes as batches } from '../features/batches/routes';
import { routes as exportConfigs } from '../features/export-configs/routes';
import type { Route } from '$lib/router.svelte';
import { routes as overview } from '../features/overview/routes';
import { routes as people } from '../features/people/routes';
import { routes as settings } from '../features/settings/routes';
import { routes as signingKeys } from '../features/signing-keys/routes';
import { routes as storage } from '../features/storage/routes';

export const routes: Route[] = [
  ...overview,
  ...exportConfigs,
  ...batches,
  ...signingKeys,
  ...people,
  ...storage,
  ...settings,
];
