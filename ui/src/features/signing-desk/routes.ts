import type { Route } from '$lib/router.svelte';
import { DESK_PATH } from './paths';

export const routes: Route[] = [
  { pattern: DESK_PATH, page: () => import('./SigningDeskPage.svelte') },
  { pattern: `${DESK_PATH}/:id`, page: () => import('./ReviewPage.svelte') },
];
