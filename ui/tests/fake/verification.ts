/** What the check of an export file answers: every device rule, in the words of `tekport-export-file`. */
import type { ExportFile, ExportView, Message, RuleReport, VerificationReport } from '../../src/lib/api';
import { batches, digest } from './data';

const ALGORITHM = '1.2.840.10045.4.3.2';

const rule = (name: string, required: boolean, code: string, params: Message['params'] = {}): RuleReport => ({
  rule: name,
  verdict: 'pass',
  required,
  detail: `the English of rule.${code}`,
  message: { code: `rule.${code}`, params },
});

function rules(file: ExportFile, region: string): RuleReport[] {
  const signers = file.signed_by.length;
  return [
    rule('entries', true, 'two-entries'),
    rule('file-size', true, 'bytes', { count: file.size_bytes, max: 16_000_000 }),
    rule('key-count', true, 'keys', { count: file.keys + file.revised_keys, max: 750_000 }),
    rule('signature-count', true, 'equal-counts', { count: signers }),
    rule('signature-algorithm', true, 'one-algorithm', { algorithm: ALGORITHM }),
    rule('signature-form', true, 'all-der'),
    rule('signature-names', true, 'names-same'),
    rule('key-ids', true, 'every-key-id'),
    rule('batch-numbers', true, 'stands-alone'),
    rule('key-ranges', true, 'in-range'),
    rule('signature-maximum', false, 'signatures', { count: signers, max: 10 }),
    rule('timestamps', false, 'from-to', { start: file.start_timestamp, end: file.end_timestamp }),
    rule('region', false, 'region-code', { region }),
    rule('keys-unique', false, 'each-once'),
    rule('key-order', false, 'by-content'),
    rule('embargo', false, 'all-releasable'),
    rule('key-age', false, 'all-matched'),
  ];
}

const outOfRange = {
  code: 'flaw.key',
  params: { list: 'keys', number: 17, problem: { code: 'tek.rolling-period', params: { value: 0 } } },
};

/** What the check of a good file answers. */
export const reportOf = (file: ExportFile, region: string): VerificationReport => ({
  accepted: true,
  verdict: 'accepted',
  problem: null,
  size_bytes: file.size_bytes,
  sha256: file.sha256,
  contents: {
    region,
    start_timestamp: file.start_timestamp,
    end_timestamp: file.end_timestamp,
    batch_num: 1,
    batch_size: 1,
    keys: file.keys,
    revised_keys: file.revised_keys,
    refused_keys: 0,
    export_bin_bytes: (file.keys + file.revised_keys) * 33 + 220,
    export_bin_sha256: digest(44),
    signatures: file.signed_by.map(({ key_id, key_version }) => ({
      key_id,
      key_version,
      algorithm: ALGORITHM,
      verified: true,
      outcome: 'verified',
      verified_by: `${key_id} ${key_version}`,
      detail: 'it verifies',
      message: { code: 'signature.verifies', params: {} },
    })),
    rules: rules(file, region),
  },
});

/** The same for a file that was damaged: no signature verifies, and a rule is broken. */
export const damaged = (report: VerificationReport): VerificationReport => ({
  ...report,
  accepted: false,
  verdict: 'refused',
  contents: report.contents && {
    ...report.contents,
    keys: report.contents.keys - 3,
    refused_keys: 3,
    signatures: report.contents.signatures.map((signature) => ({
      ...signature,
      verified: false,
      outcome: 'wrong',
      verified_by: null,
      detail: "it doesn't verify: another key made it, or the file was changed since",
      message: { code: 'signature.wrong', params: {} },
    })),
    rules: report.contents.rules.map((one) =>
      one.rule === 'key-ranges'
        ? {
            ...one,
            verdict: 'fail',
            detail: 'the English of rule.out-of-range',
            message: { code: 'rule.out-of-range', params: { count: 3, first: outOfRange } },
          }
        : one,
    ),
  },
});

const viewed = batches.find(({ files }) => files.length > 0)!;
const file = viewed.files[0]!;

/** Two weeks of keys, as many as the file has; the youngest day has the most. */
function days(): ExportView['days'] {
  const WEIGHTS = [2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 11, 12, 13, 12];
  const share = (weight: number) => Math.round(((file.keys + file.revised_keys) * weight) / 100);
  const all = WEIGHTS.map((weight, i) => ({
    day: `2026-11-${String(9 + i).padStart(2, '0')}T00:00:00Z`,
    reports: [
      { report_type: 'confirmed-test' as const, keys: share(weight) - share(weight / 4) },
      { report_type: 'self-report' as const, keys: share(weight / 4) },
    ],
  }));
  const counted = all.flatMap(({ reports }) => reports).reduce((sum, { keys }) => sum + keys, 0);
  all.at(-1)!.reports[0]!.keys += file.keys + file.revised_keys - counted;
  return all;
}

/** What the viewer answers for a good file. */
export const view: ExportView = {
  name: file.path.replaceAll('/', '-'),
  report: reportOf(file, viewed.output_region),
  days: days(),
  known_keys: ['310 v2', '310 v1'],
  keys_problem: null,
};

export const damagedView: ExportView = { ...view, report: damaged(view.report) };

/** The same for a good file without a key at hand that its signatures name. */
const keyless = (report: VerificationReport): VerificationReport => ({
  ...report,
  accepted: false,
  verdict: 'unverified',
  contents: report.contents && {
    ...report.contents,
    signatures: report.contents.signatures.map((signature) => ({
      ...signature,
      verified: false,
      outcome: 'unknown-key',
      verified_by: null,
      detail: 'no public key of that name was given to verify with',
    })),
  },
});

/** What the viewer answers where the console belongs to no daemon: no key is at hand. */
export const keylessView: ExportView = { ...view, report: keyless(view.report), known_keys: [] };
