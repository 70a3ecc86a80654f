/** The terms of a config as rows: what they are now, and what they were when an officer approved them. */
import type { ConfigApproval, SigningTerms } from '$lib/api';
import { formatCount, formatPeriod, utcFull } from '$lib/format';
import { t } from '$lib/i18n';

export interface TermRow {
  name: string;
  now: string;
  /** What was approved, where that differs. */
  before?: string;
}

type Field = Exclude<keyof SigningTerms, 'config_id'>;

const FIELDS: Field[] = [
  'output_region',
  'period_minutes',
  'valid_from',
  'valid_through',
  'storage_target',
  'path_prefix',
  'max_records_per_file',
  'signers',
];

function text(terms: SigningTerms, field: Field): string {
  switch (field) {
    case 'period_minutes':
      return formatPeriod(terms.period_minutes);
    case 'valid_from':
      return utcFull(terms.valid_from);
    case 'valid_through':
      return terms.valid_through === null ? t.signingDesk.noEnd : utcFull(terms.valid_through);
    case 'max_records_per_file':
      return formatCount(terms.max_records_per_file);
    case 'signers':
      return terms.signers
        .map(({ name, fingerprint }) => `${name} (${fingerprint.slice(0, 16)}…)`)
        .join(', ');
    default:
      return terms[field];
  }
}

export function termRows({ now, approved, changed }: ConfigApproval): TermRow[] {
  return FIELDS.map((field) => ({
    name: t.signingDesk.terms[field],
    now: text(now, field),
    ...(approved !== null && changed.includes(field) ? { before: text(approved, field) } : {}),
  }));
}
