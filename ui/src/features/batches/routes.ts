import type { Route } from '$lib/router.svelte';
import { LIST_PATH } from './paths';

/** The pages of the batches. */
export const routes: Route[] = [
  { pattern: LIST_PATH, page: () => import('./BatchesPage.svelte') },
  { pattern: `${LIST_PATH}/:id`, page: () => import('./BatchPage.svelte') },
];
