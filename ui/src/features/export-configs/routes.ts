import type { Route } from '$lib/router.svelte';
import ConfigPage from './ConfigPage.svelte';
import ConfigsPage from './ConfigsPage.svelte';
import { LIST_PATH, NEW_PATH } from './paths';

/** The pages of the export configs. */
export const routes: Route[] = [
  { pattern: LIST_PATH, page: ConfigsPage },
  { pattern: NEW_PATH, page: ConfigPage },
  { pattern: `${LIST_PATH}/:id`, page: ConfigPage },
];
