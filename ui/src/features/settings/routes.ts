import type { Route } from '$lib/router.svelte';
import SettingsPage from './SettingsPage.svelte';

export const routes: Route[] = [{ pattern: '/settings', page: SettingsPage }];
