import type { Route } from '$lib/router.svelte';
import ViewerPage from './ViewerPage.svelte';

export const VIEWER_PATH = '/viewer';

export const routes: Route[] = [{ pattern: VIEWER_PATH, page: ViewerPage }];
