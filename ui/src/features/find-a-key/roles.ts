/** Who may ask where a key is, as the daemon has it (`POST /admin/v1/tek-lookup`). */
import type { Role } from '$lib/api';

export const FINDERS: readonly Role[] = ['operator', 'admin'];
