/** How a person stands with the daemon. */
import type { Tone } from '$components/types';
import type { ClientCertificate, Person, Role } from '$lib/api';

export const ROLES: readonly Role[] = ['viewer', 'operator', 'admin', 'security-officer', 'ingest'];

/**
 * `invited` has a code that still works, `lapsed` has none and never came in, `ended` came in and has no certificate
 * left that works.
 */
export type Standing = 'active' | 'invited' | 'lapsed' | 'ended' | 'revoked';

export const standingTones: Record<Standing, Tone> = {
  active: 'good',
  invited: 'wait',
  lapsed: 'warn',
  ended: 'warn',
  revoked: 'idle',
};

/** Returns how a person stands at `now`, in milliseconds since the epoch. */
export function standing(person: Person, now: number): Standing {
  if (person.revoked_at !== null) return 'revoked';
  if (person.certificates.some((certificate) => works(certificate, now))) return 'active';
  if (codeWorks(person, now)) return 'invited';
  return person.certificates.length === 0 ? 'lapsed' : 'ended';
}

/** Whether a certificate still lets its holder in. */
export function works(certificate: ClientCertificate, now: number): boolean {
  return certificate.revoked_at === null && Date.parse(certificate.not_after) > now;
}

/** Whether a code of theirs can still be used. */
export function codeWorks(person: Person, now: number): boolean {
  return person.code_expires_at !== null && Date.parse(person.code_expires_at) > now;
}

/** When the newest certificate that was not revoked ends; undefined where there is none. */
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

/** A link that opens the console with the code in place; the code stands behind `#`, which no server is sent. */
export function codeLink(code: string): string {
  return `tekport://enrol#${code}`;
}
