import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [{ pattern: '/people', page: () => import('./PeoplePage.svelte') }];
