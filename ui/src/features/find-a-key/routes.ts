import type { Route } from '$lib/router.svelte';

export const FIND_PATH = '/find-a-key';

export const routes: Route[] = [{ pattern: FIND_PATH, page: () => import('./FindAKeyPage.svelte') }];
