import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [{ pattern: '/settings', page: () => import('./SettingsPage.svelte') }];
