import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { pattern: '/signing-keys', page: () => import('./SigningKeysPage.svelte') },
  { pattern: '/signing-keys/:id', page: () => import('./SigningKeyPage.svelte') },
  { pattern: '/signing-keys/:id/rotate', page: () => import('./RotationPage.svelte') },
  { pattern: '/signing-keys/:id/compromised', page: () => import('./CompromisePage.svelte') },
];
