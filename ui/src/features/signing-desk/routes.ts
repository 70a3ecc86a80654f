import type { Route } from '$lib/router.svelte';
import ReviewPage from './ReviewPage.svelte';
import SigningDeskPage from './SigningDeskPage.svelte';
import { DESK_PATH } from './paths';

export const routes: Route[] = [
  { pattern: DESK_PATH, page: SigningDeskPage },
  { pattern: `${DESK_PATH}/:id`, page: ReviewPage },
];
