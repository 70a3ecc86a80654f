import type { Route } from '$lib/router.svelte';

export const VIEWER_PATH = '/viewer';

export const routes: Route[] = [{ pattern: VIEWER_PATH, page: () => import('./ViewerPage.svelte') }];
