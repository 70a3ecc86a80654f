import type { Route } from '$lib/router.svelte';
import { DIAGNOSTICS_PATH, SETTINGS_PATH } from './paths';

/** What can be looked at without a daemon. */
export const diagnosticsRoute: Route = {
  pattern: DIAGNOSTICS_PATH,
  page: () => import('./DiagnosticsPage.svelte'),
};

export const routes: Route[] = [
  { pattern: SETTINGS_PATH, page: () => import('./SettingsPage.svelte') },
  diagnosticsRoute,
];
