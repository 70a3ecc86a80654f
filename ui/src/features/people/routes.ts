import type { Route } from '$lib/router.svelte';
import PeoplePage from './PeoplePage.svelte';

export const routes: Route[] = [{ pattern: '/people', page: PeoplePage }];
