/** How entries read: acts, kinds of things, fields and values, with what is unknown in the log's own words. */
import type { Tone } from '$components/types';
import type { AuditResult, Json } from '$lib/api';
import { formatCount, utcFull } from '$lib/format';
import { t } from '$lib/i18n';

export const resultTones: Record<AuditResult, Tone> = { ok: 'good', failed: 'bad', unknown: 'warn' };

type Table = Readonly<Record<string, string>>;

const known = (table: Table, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** `export-config.update` → "Export config changed". */
export const actionText = (action: string): string => known(t.audit.actions, action) ?? action;

/** `export-config` → "Export config". */
export const kindText = (kind: string): string => known(t.audit.kinds, kind) ?? kind;

/** Ids that are words of the daemon's, as people read them; undefined for all others. */
export const idText = (id: string): string | undefined => known(t.audit.objects, id);

/** Who acted: people by their name, the daemon and its command line by what they are. */
export const actorText = (id: string, name: string): string => known(t.audit.actors, id) ?? name;

/** `google.sent_at` → "Google · sent"; like every label of a field it begins with a capital. */
export function pathText(path: string): string {
  const text = path
    .split('.')
    .map((part) => known(t.audit.fields, part) ?? part.replaceAll('_', ' '))
    .join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How the daemon writes a time. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What each value of such a field is called. */
const valueTables = (): Record<string, Table> => ({
  roles: t.common.roles,
  state: t.signingKeys.state,
  custody: t.signingKeys.custody,
  outcomes: t.findAKey.outcomes,
});

/** A value as people read it: times as the pages write them, roles and states by their words. */
export function valueText(path: string, value: Json): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return t.common.none;
  if (typeof value === 'boolean') return value ? t.audit.yes : t.audit.no;
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : String(value);
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return utcFull(value);
    return known(valueTables()[path.split('.').at(-1) ?? ''] ?? {}, value) ?? value;
  }
  if (Array.isArray(value)) return value.map((one) => valueText(path, one)).join(', ');
  return JSON.stringify(value);
}
