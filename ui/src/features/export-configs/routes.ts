import type { Route } from '$lib/router.svelte';
import { IMPORT_PATH, LIST_PATH, NEW_PATH } from './paths';

/** The pages of the export configs. */
export const routes: Route[] = [
  { pattern: LIST_PATH, page: () => import('./ConfigsPage.svelte') },
  { pattern: NEW_PATH, page: () => import('./ConfigPage.svelte') },
  { pattern: IMPORT_PATH, page: () => import('./ImportPage.svelte') },
  { pattern: `${LIST_PATH}/:id`, page: () => import('./ConfigPage.svelte') },
];
