import type { FieldProblem } from '$lib/api';
import type { OwnProblem } from '$lib/field-problem';
import { FIELDS, type Field } from './form';

/** Where the fields of a draft stand in the form. A path such as `input_regions[1]` belongs to its list. */
const PLACES: ReadonlyMap<string, Field> = new Map([
  ['output_region', 'outputRegion'],
  ['input_regions', 'inputRegions'],
  ['excluded_regions', 'excludedRegions'],
  ['travelers', 'travelers'],
  ['storage_target', 'storageTarget'],
  ['path_prefix', 'pathPrefix'],
  ['period_minutes', 'periodMinutes'],
  ['valid_from', 'validFrom'],
  ['valid_through', 'validThrough'],
  ['signing_key_ids', 'signingKeyIds'],
  ['max_records_per_file', 'maxRecordsPerFile'],
  ['small_batch', 'smallBatch'],
  ['small_batch.policy', 'smallBatch'],
  ['small_batch.minimum', 'minimum'],
  ['small_batch.jitter', 'jitter'],
]);

/** Problems by the field of the form they belong to, and those that belong to none. */
export interface PlacedProblems {
  at: Partial<Record<Field, (FieldProblem | OwnProblem)[]>>;
  /** Problems of a field that this form doesn't show; they stand above the form, so that none is lost. */
  elsewhere: FieldProblem[];
}

/** Returns the field of the form that an API path names, or `null` where the form has none for it. */
export function placeOf(path: string): Field | null {
  const bare = path.replace(/^fields\./u, '').replace(/\[\d+\]/gu, '');
  return PLACES.get(bare) ?? null;
}

/** Puts each problem at its field. */
export function placeProblems(problems: readonly FieldProblem[]): PlacedProblems {
  const placed: PlacedProblems = { at: {}, elsewhere: [] };
  for (const problem of problems) {
    const field = placeOf(problem.field);
    if (field === null) placed.elsewhere.push(problem);
    else (placed.at[field] ??= []).push(problem);
  }
  return placed;
}

/** Returns the first field on the page that has a problem: where the focus goes when a review is refused. */
export function firstRefused(placed: PlacedProblems): Field | null {
  return FIELDS.find((field) => placed.at[field] !== undefined) ?? null;
}
