/** Every page of the console. Each feature lists its own. */
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [];
