import type { Route } from '$lib/router.svelte';
import SigningKeyPage from './SigningKeyPage.svelte';
import SigningKeysPage from './SigningKeysPage.svelte';

export const routes: Route[] = [
  { pattern: '/signing-keys', page: SigningKeysPage },
  { pattern: '/signing-keys/:id', page: SigningKeyPage },
];
