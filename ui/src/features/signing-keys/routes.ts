import type { Route } from '$lib/router.svelte';
import CompromisePage from './CompromisePage.svelte';
import RotationPage from './RotationPage.svelte';
import SigningKeyPage from './SigningKeyPage.svelte';
import SigningKeysPage from './SigningKeysPage.svelte';

export const routes: Route[] = [
  { pattern: '/signing-keys', page: SigningKeysPage },
  { pattern: '/signing-keys/:id', page: SigningKeyPage },
  { pattern: '/signing-keys/:id/rotate', page: RotationPage },
  { pattern: '/signing-keys/:id/compromised', page: CompromisePage },
];
