import type { ExportConfigDraft, SigningKey } from '$lib/api';
import { formatCount, formatDuration, utcFull } from '$lib/format';
import { t } from '$lib/i18n';
import { groupVersions } from '$lib/key-names';
import type { DraftField } from './changes';
import type { Field } from './form';

/** The labels of a draft's fields are those of the form. */
const LABELS: Record<DraftField, Field> = {
  output_region: 'outputRegion',
  input_regions: 'inputRegions',
  excluded_regions: 'excludedRegions',
  travelers: 'travelers',
  period_minutes: 'periodMinutes',
  small_batch: 'smallBatch',
  storage_target: 'storageTarget',
  path_prefix: 'pathPrefix',
  signing_key_ids: 'signingKeyIds',
  valid_from: 'validFrom',
  valid_through: 'validThrough',
  max_records_per_file: 'maxRecordsPerFile',
};

/** Returns what a field is called in the form. */
export function fieldLabel(field: DraftField): string {
  return t.exportConfigs.fields[LABELS[field]].label;
}

/** Returns a field's value as people read it: what the review, the diff and the conflict show. */
export function fieldText(field: DraftField, draft: ExportConfigDraft, keys: readonly SigningKey[]): string {
  const words = t.exportConfigs;
  switch (field) {
    case 'output_region':
      return draft.output_region.toUpperCase();
    case 'input_regions':
      return draft.input_regions.length === 0
        ? words.regions.outputAlone(draft.output_region.toUpperCase())
        : [...draft.input_regions].sort().join(', ');
    case 'excluded_regions':
      return [...draft.excluded_regions].sort().join(', ') || words.values.none;
    case 'travelers':
      return words.travelersShort[draft.travelers];
    case 'period_minutes':
      return periodText(draft.period_minutes);
    case 'small_batch':
      return policyText(draft);
    case 'signing_key_ids':
      return keyNames(draft.signing_key_ids, keys).join(', ') || words.values.none;
    case 'valid_from':
      return utcFull(draft.valid_from);
    case 'valid_through':
      return draft.valid_through === null ? words.values.noEnd : utcFull(draft.valid_through);
    case 'max_records_per_file':
      return formatCount(draft.max_records_per_file);
    case 'storage_target':
    case 'path_prefix':
      return draft[field] || words.values.none;
  }
}

/** `4 h`, `30 min`, `24 h`. */
export function periodText(minutes: number): string {
  return minutes === 1_440 ? '24 h' : formatDuration(minutes * 60_000);
}

function policyText({ small_batch: small }: ExportConfigDraft): string {
  const words = t.exportConfigs.policyValue;
  switch (small.policy) {
    case 'pad':
      return words.pad(formatCount(small.minimum), formatCount(small.jitter));
    case 'hold':
      return words.hold(formatCount(small.minimum));
    case 'release':
      return words.release;
  }
}

/** Returns the signing keys in the order in which files name them: newest first. */
export function newestFirst(keys: readonly SigningKey[]): SigningKey[] {
  return [...keys].sort(
    (a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || (a.id < b.id ? 1 : -1),
  );
}

/** Returns the names (`901 v2`) of the keys with these ids, newest first; one that is gone says so. */
export function keyNames(ids: readonly string[], keys: readonly SigningKey[]): string[] {
  const known = newestFirst(keys.filter((key) => ids.includes(key.id)));
  const gone = ids.filter((id) => !keys.some((key) => key.id === id));
  return [...known.map(keyName), ...gone.map(() => t.exportConfigs.values.removed)];
}

/** Returns the keys in short, versions together: `901 v2, v1`; ids that are gone say so once. */
export function keySummary(ids: readonly string[], keys: readonly SigningKey[]): string {
  const chosen = newestFirst(keys.filter((key) => ids.includes(key.id)));
  const gone = ids.some((id) => !keys.some((key) => key.id === id));
  return [groupVersions(chosen), gone ? t.exportConfigs.values.removed : ''].filter(Boolean).join('; ');
}

/** A key as files name it: `901 v2`. */
export function keyName(key: SigningKey): string {
  return `${key.key_id} ${key.key_version}`;
}
