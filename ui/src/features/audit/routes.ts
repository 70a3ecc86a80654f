import type { Route } from '$lib/router.svelte';
import { AUDIT_PATH } from './paths';

export const routes: Route[] = [{ pattern: AUDIT_PATH, page: () => import('./AuditPage.svelte') }];
