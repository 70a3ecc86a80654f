import type { Route } from '$lib/router.svelte';
import BatchesPage from './BatchesPage.svelte';
import BatchPage from './BatchPage.svelte';
import { LIST_PATH } from './paths';

/** The pages of the batches. */
export const routes: Route[] = [
  { pattern: LIST_PATH, page: BatchesPage },
  { pattern: `${LIST_PATH}/:id`, page: BatchPage },
];
