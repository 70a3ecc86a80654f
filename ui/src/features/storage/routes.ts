import type { Route } from '$lib/router.svelte';
import StoragePage from './StoragePage.svelte';

export const routes: Route[] = [{ pattern: '/storage', page: StoragePage }];
