/** Where the audit log is in the console, and the address of a part of it. */
import { EVERYTHING, toQuery, type ChosenEntries } from './filter';

export const AUDIT_PATH = '/audit';

/** The address of the log narrowed to `chosen`: for links from what entries are about. */
export function auditPath(chosen: Partial<ChosenEntries>): string {
  const query = toQuery({ ...EVERYTHING, ...chosen });
  return query === '' ? AUDIT_PATH : `${AUDIT_PATH}?${query}`;
}
