import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [{ pattern: '/', page: () => import('./OverviewPage.svelte') }];
