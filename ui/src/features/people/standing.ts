/** How a person stands with the daemon. */
import type { Tone } from '$components/types';
import type { Person, Role } from '$lib/api';

export const ROLES: readonly Role[] = ['viewer', 'operator', 'admin', 'security-officer', 'ingest'];

export type Standing = 'active' | 'invited' | 'revoked';

export const standingTones: Record<Standing, Tone> = { active: 'good', invited: 'wait', revoked: 'idle' };

export function standing(person: Person): Standing {
  if (person.revoked_at !== null) return 'revoked';
  return person.certificates.length === 0 ? 'invited' : 'active';
}

/** When the newest certificate that still works ends; undefined where none does. */
export function certificateEnd(person: Person): string | undefined {
  return person.certificates
    .filter((certificate) => certificate.revoked_at === null)
    .map((certificate) => certificate.not_after)
    .sort()
    .at(-1);
}

/** The roles after one was ticked or unticked: `ingest` stands alone. */
export function toggleRole(roles: readonly Role[], role: Role): Role[] {
  if (roles.includes(role)) return roles.filter((one) => one !== role);
  if (role === 'ingest') return ['ingest'];
  const chosen = new Set<Role>([...roles.filter((one) => one !== 'ingest'), role]);
  return ROLES.filter((one) => chosen.has(one));
}
