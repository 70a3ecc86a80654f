import type { ExportConfig, ExportConfigDraft, SmallBatchPolicy, Travelers } from '$lib/api';
import { parseUtc, toUtcText } from '$lib/utc-text';
import { windowStart } from './periods';

/** What happens to a small batch; the numbers are kept while another policy is tried. */
export type Policy = SmallBatchPolicy['policy'];

/** The form as a person types it: text stays text until it is read by {@link readForm}. */
export interface ConfigForm {
  outputRegion: string;
  inputRegions: string[];
  excludedRegions: string[];
  travelers: Travelers;
  storageTarget: string;
  pathPrefix: string;
  periodMinutes: number;
  validFrom: string;
  validThrough: string;
  signingKeyIds: string[];
  maxRecordsPerFile: string;
  policy: Policy;
  minimum: string;
  jitter: string;
}

/** The form's fields, in the order in which they stand on the page. */
export const FIELDS = [
  'outputRegion',
  'inputRegions',
  'excludedRegions',
  'travelers',
  'periodMinutes',
  'validFrom',
  'validThrough',
  'smallBatch',
  'minimum',
  'jitter',
  'maxRecordsPerFile',
  'storageTarget',
  'pathPrefix',
  'signingKeyIds',
] as const;

/** One field of the form. */
export type Field = (typeof FIELDS)[number];

/** Why a text could not be read as a value at all; the daemon is not asked then. */
export type Unreadable = { field: Field; why: 'number' | 'time' };

const DEFAULT_PERIOD = 240;
const MAX_RECORDS = 750_000;

/** Returns the form for a new config: four hours, padded, from the start of the window that runs at `now`. */
export function newForm(now: number): ConfigForm {
  return {
    outputRegion: '',
    inputRegions: [],
    excludedRegions: [],
    travelers: 'ignore',
    storageTarget: '',
    pathPrefix: '',
    periodMinutes: DEFAULT_PERIOD,
    validFrom: toUtcText(windowStart(now, DEFAULT_PERIOD)),
    validThrough: '',
    signingKeyIds: [],
    maxRecordsPerFile: String(MAX_RECORDS),
    policy: 'pad',
    minimum: '1000',
    jitter: '100',
  };
}

/** Returns the form that holds a config's fields. */
export function formOf(fields: ExportConfigDraft): ConfigForm {
  const small = fields.small_batch;
  return {
    outputRegion: fields.output_region,
    inputRegions: [...fields.input_regions],
    excludedRegions: [...fields.excluded_regions],
    travelers: fields.travelers,
    storageTarget: fields.storage_target,
    pathPrefix: fields.path_prefix,
    periodMinutes: fields.period_minutes,
    validFrom: toUtcText(Date.parse(fields.valid_from)),
    validThrough: fields.valid_through === null ? '' : toUtcText(Date.parse(fields.valid_through)),
    signingKeyIds: [...fields.signing_key_ids],
    maxRecordsPerFile: String(fields.max_records_per_file),
    policy: small.policy,
    minimum: small.policy === 'release' ? '1000' : String(small.minimum),
    jitter: small.policy === 'pad' ? String(small.jitter) : '100',
  };
}

/**
 * Reads the form as the draft that the daemon takes.
 *
 * Only texts that can't be a value of their kind are refused here; every rule is the daemon's own, asked for
 * with `preview_export_config`, so that form and daemon can't disagree.
 */
export function readForm(form: ConfigForm): { draft: ExportConfigDraft } | { unreadable: Unreadable[] } {
  const unreadable: Unreadable[] = [];
  const number = (field: Field, text: string): number => {
    const value = parseCount(text);
    if (value === null) unreadable.push({ field, why: 'number' });
    return value ?? 0;
  };
  const time = (field: Field, text: string): string => {
    const value = parseUtc(text);
    if (value === null) unreadable.push({ field, why: 'time' });
    return value ?? '';
  };
  const draft: ExportConfigDraft = {
    output_region: form.outputRegion.trim(),
    input_regions: [...form.inputRegions],
    excluded_regions: [...form.excludedRegions],
    travelers: form.travelers,
    storage_target: form.storageTarget,
    path_prefix: form.pathPrefix.trim(),
    period_minutes: form.periodMinutes,
    small_batch: smallBatch(form, number),
    valid_from: time('validFrom', form.validFrom),
    valid_through: form.validThrough.trim() === '' ? null : time('validThrough', form.validThrough),
    signing_key_ids: [...form.signingKeyIds],
    max_records_per_file: number('maxRecordsPerFile', form.maxRecordsPerFile),
  };
  return unreadable.length === 0 ? { draft } : { unreadable };
}

function smallBatch(form: ConfigForm, number: (field: Field, text: string) => number): SmallBatchPolicy {
  switch (form.policy) {
    case 'pad':
      return {
        policy: 'pad',
        minimum: number('minimum', form.minimum),
        jitter: number('jitter', form.jitter),
      };
    case 'hold':
      return { policy: 'hold', minimum: number('minimum', form.minimum) };
    case 'release':
      return { policy: 'release' };
  }
}

/**
 * Reads a whole number as people write it (`750,000`, `750.000`, `750 000`); `null` where it is none or above 32
 * bits. A comma or a full stop counts only before three digits, so that nobody's `1,5` becomes 15.
 */
export function parseCount(text: string): number | null {
  const digits = text.replace(/[\s_]/gu, '').replace(/[.,](?=\d{3}(?!\d))/gu, '');
  if (!/^\d{1,10}$/u.test(digits)) return null;
  const value = Number(digits);
  return value <= 0xffff_ffff ? value : null;
}

/**
 * Whether the start, the storage target and the prefix are fixed: from the first batch on, another start would skip or
 * double keys, and phones read the index where it is.
 */
export function hasBatches(config: ExportConfig | null): boolean {
  return config?.windows_through != null;
}

/** Suggests a path prefix for an output region: the region in lower case. */
export function suggestedPrefix(outputRegion: string): string {
  return outputRegion
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9-]/gu, '')
    .slice(0, 100);
}
