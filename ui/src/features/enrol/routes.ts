import type { Route } from '$lib/router.svelte';

/** Joining another daemon beside those that this console belongs to. */
export const JOIN_PATH = '/join';

export const routes: Route[] = [{ pattern: JOIN_PATH, page: () => import('./EnrolPage.svelte') }];
