import type { Route } from '$lib/router.svelte';
import OverviewPage from './OverviewPage.svelte';

export const routes: Route[] = [{ pattern: '/', page: OverviewPage }];
