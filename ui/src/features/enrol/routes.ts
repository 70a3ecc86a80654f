import type { Route } from '$lib/router.svelte';
import EnrolPage from './EnrolPage.svelte';

/** Joining another daemon beside those that this console belongs to. */
export const JOIN_PATH = '/join';

export const routes: Route[] = [{ pattern: JOIN_PATH, page: EnrolPage }];
