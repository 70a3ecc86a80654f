/** Every page of the console. Each feature lists its own. */
import { routes as audit } from '../features/audit/routes';
import { routes as batches } from '../features/batches/routes';
import { routes as enrol } from '../features/enrol/routes';
import { routes as exportConfigs } from '../features/export-configs/routes';
import { routes as findAKey } from '../features/find-a-key/routes';
import type { Route } from '$lib/router.svelte';
import { routes as overview } from '../features/overview/routes';
import { routes as people } from '../features/people/routes';
import { routes as settings } from '../features/settings/routes';
import { routes as signingDesk } from '../features/signing-desk/routes';
import { routes as signingKeys } from '../features/signing-keys/routes';
import { routes as storage } from '../features/storage/routes';
import { routes as viewer } from '../features/viewer/routes';

export const routes: Route[] = [
  ...overview,
  ...exportConfigs,
  ...batches,
  ...viewer,
  ...findAKey,
  ...signingKeys,
  ...signingDesk,
  ...people,
  ...audit,
  ...storage,
  ...settings,
  ...enrol,
];
