import type { Route } from '$lib/router.svelte';
import { LIST_PATH } from './paths';

export const routes: Route[] = [
  { pattern: LIST_PATH, page: () => import('./PeoplePage.svelte') },
  { pattern: `${LIST_PATH}/:id`, page: () => import('./PersonPage.svelte') },
];
