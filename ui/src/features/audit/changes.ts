/** What an entry changed, field by field, as people read it. */
import type { AuditEntry, ExportConfigDraft, Json, SigningKey } from '$lib/api';
import { changedFields, DRAFT_FIELDS, type DraftField } from '../export-configs/changes';
import { fieldLabel, fieldText } from '../export-configs/field-text';
import { pathText, valueText } from './words';

/** One field; a side is absent where the field wasn't there. */
export interface ChangeRow {
  field: string;
  before?: string;
  after?: string;
}

type Members = { [name in string]: Json };

/**
 * Returns what differs between an entry's two sides; all there is where it has one side only. `keys` name the signing
 * keys of a config.
 */
export function changeRows(entry: AuditEntry, keys: readonly SigningKey[]): ChangeRow[] {
  // The side before of an entry that closes an act says only where the act began.
  const before = beganIn(entry) === undefined ? members(entry.before) : undefined;
  const after = members(entry.after);
  const sides = { before: draftOf(entry, before), after: draftOf(entry, after) };
  const drafted = configRows(sides.before, sides.after, keys);
  const rest = (side: Members | undefined, draft: ExportConfigDraft | undefined) =>
    leaves(draft === undefined ? side : without(side, 'fields'));
  return [...leafRows(rest(before, sides.before), rest(after, sides.after)), ...drafted];
}

/** Returns the sequence of the entry that began the act which this one closes; undefined where it closes none. */
export function beganIn(entry: AuditEntry): number | undefined {
  const begun = members(entry.before)?.begun;
  return typeof begun === 'number' ? begun : undefined;
}

function leafRows(before: Map<string, Json> | undefined, after: Map<string, Json> | undefined): ChangeRow[] {
  const paths = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return paths
    .filter((path) => JSON.stringify(before?.get(path)) !== JSON.stringify(after?.get(path)))
    .map((path) => ({
      field: pathText(path),
      ...(before?.has(path) && { before: valueText(path, before.get(path) ?? null) }),
      ...(after?.has(path) && { after: valueText(path, after.get(path) ?? null) }),
    }));
}

function configRows(
  before: ExportConfigDraft | undefined,
  after: ExportConfigDraft | undefined,
  keys: readonly SigningKey[],
): ChangeRow[] {
  const text = (field: DraftField, draft: ExportConfigDraft) => fieldText(field, draft, keys);
  const fields = before && after ? changedFields(before, after) : before || after ? DRAFT_FIELDS : [];
  return fields.map((field) => ({
    field: fieldLabel(field),
    ...(before && { before: text(field, before) }),
    ...(after && { after: text(field, after) }),
  }));
}

/** The fields of a config, where the entry holds all that a draft has today; older entries may know fewer. */
function draftOf(entry: AuditEntry, side: Members | undefined): ExportConfigDraft | undefined {
  if (entry.resource_kind !== 'export-config') return undefined;
  const fields = members(side?.fields ?? null);
  const whole = fields !== undefined && DRAFT_FIELDS.every((field) => Object.hasOwn(fields, field));
  return whole ? (fields as unknown as ExportConfigDraft) : undefined;
}

/** Every value of a side by its path: `google.sent_at`. Lists stay whole. */
function leaves(side: Members | undefined, prefix = ''): Map<string, Json> | undefined {
  if (side === undefined) return undefined;
  return new Map(
    Object.entries(side).flatMap(([name, value]) => {
      const below = members(value);
      const path = `${prefix}${name}`;
      return below === undefined ? [[path, value] as const] : [...(leaves(below, `${path}.`) ?? [])];
    }),
  );
}

function members(value: Json | null): Members | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}

function without(side: Members | undefined, name: string): Members | undefined {
  return side && Object.fromEntries(Object.entries(side).filter(([one]) => one !== name));
}
