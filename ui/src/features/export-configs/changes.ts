import type { ExportConfigDraft } from '$lib/api';

/** A field of a draft, in the order in which reviews list them. */
export const DRAFT_FIELDS = [
  'output_region',
  'input_regions',
  'excluded_regions',
  'travelers',
  'period_minutes',
  'small_batch',
  'storage_target',
  'path_prefix',
  'signing_key_ids',
  'valid_from',
  'valid_through',
  'max_records_per_file',
] as const satisfies readonly (keyof ExportConfigDraft)[];

/** One field of a draft. */
export type DraftField = (typeof DRAFT_FIELDS)[number];

/** Fields that hold sets: their order means nothing, so another order is no change. */
const SETS: ReadonlySet<DraftField> = new Set(['input_regions', 'excluded_regions', 'signing_key_ids']);

/** Returns the fields whose values differ, in the order of {@link DRAFT_FIELDS}. */
export function changedFields(before: ExportConfigDraft, after: ExportConfigDraft): DraftField[] {
  return DRAFT_FIELDS.filter((field) => canonical(field, before) !== canonical(field, after));
}

function canonical(field: DraftField, draft: ExportConfigDraft): string {
  const value: unknown = draft[field];
  if (SETS.has(field) && Array.isArray(value)) return JSON.stringify([...(value as string[])].sort());
  if (field === 'small_batch') return JSON.stringify(Object.entries(draft.small_batch).sort());
  if (field === 'output_region') return draft.output_region.toUpperCase();
  if (field === 'valid_from' || field === 'valid_through') return String(value && Date.parse(String(value)));
  return JSON.stringify(value);
}

/** What came of putting two people's changes together. */
export interface Merge {
  /** Their version with my changes on top. */
  merged: ExportConfigDraft;
  /** Fields that only they changed. */
  theirs: DraftField[];
  /** Fields that only I changed. */
  mine: DraftField[];
  /** Fields that both changed, to different values: `merged` has mine, and a person has to look. */
  both: DraftField[];
}

/** Puts my changes since `base` on top of the version that somebody else saved meanwhile. */
export function mergeOver(
  base: ExportConfigDraft,
  mine: ExportConfigDraft,
  theirs: ExportConfigDraft,
): Merge {
  const myChanges = new Set(changedFields(base, mine));
  const theirChanges = new Set(changedFields(base, theirs));
  const differ = new Set(changedFields(mine, theirs));
  const merged: ExportConfigDraft = { ...theirs };
  for (const field of myChanges) copyField(field, mine, merged);
  return {
    merged,
    theirs: DRAFT_FIELDS.filter((field) => theirChanges.has(field) && !myChanges.has(field)),
    mine: DRAFT_FIELDS.filter((field) => myChanges.has(field) && !theirChanges.has(field)),
    both: DRAFT_FIELDS.filter(
      (field) => myChanges.has(field) && theirChanges.has(field) && differ.has(field),
    ),
  };
}

function copyField<F extends DraftField>(field: F, from: ExportConfigDraft, to: ExportConfigDraft): void {
  to[field] = from[field];
}
