/** What the check of an export file answers: every device rule, in the words of `tekport-export-file`. */
import type { ExportFile, ExportView, RuleReport, VerificationReport } from '../../src/lib/api';
import { batches, digest } from './data';

const ALGORITHM = '1.2.840.10045.4.3.2';

const rule = (name: string, required: boolean, detail: string): RuleReport => ({
  rule: name,
  verdict: 'pass',
  required,
  detail,
});

function rules(file: ExportFile, region: string): RuleReport[] {
  const signers = file.signed_by.length;
  const unix = (time: string) => String(new Date(time).getTime() / 1_000);
  return [
    rule('entries', true, 'export.bin and export.sig, nothing else'),
    rule('file-size', true, `${file.size_bytes} of at most 16000000 bytes`),
    rule('key-count', true, `${file.keys + file.revised_keys} of at most 750000 keys`),
    rule('signature-count', true, `signers and signatures: ${signers} each`),
    rule('signature-algorithm', true, `all ${ALGORITHM}`),
    rule('signature-form', true, 'all ASN.1 DER'),
    rule('signature-names', true, 'export.bin and export.sig name the same keys in the same order'),
    rule('key-ids', true, 'every signer has a key id'),
    rule('batch-numbers', true, 'batch_num and batch_size are 1'),
    rule('key-ranges', true, 'every field of every key is in range'),
    rule('signature-maximum', false, `${signers} of at most 10 signatures`),
    rule(
      'timestamps',
      false,
      `from ${unix(file.start_timestamp)} to ${unix(file.end_timestamp)} in UTC seconds`,
    ),
    rule('region', false, region),
    rule('keys-unique', false, 'no key stands in the file twice'),
    rule('key-order', false, 'sorted by what the keys carry, then by key data'),
    rule('embargo', false, 'every key ended two hours ago or earlier'),
    rule('key-age', false, 'phones still match every key'),
  ];
}

/** What the check of a good file answers. */
export const reportOf = (file: ExportFile, region: string): VerificationReport => ({
  accepted: true,
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
      verified_by: `${key_id} ${key_version}`,
      detail: 'it verifies',
    })),
    rules: rules(file, region),
  },
});

/** The same for a file that was damaged: no signature verifies, and a rule is broken. */
export const damaged = (report: VerificationReport): VerificationReport => ({
  ...report,
  accepted: false,
  contents: report.contents && {
    ...report.contents,
    keys: report.contents.keys - 3,
    refused_keys: 3,
    signatures: report.contents.signatures.map((signature) => ({
      ...signature,
      verified: false,
      verified_by: null,
      detail: "it doesn't verify: another key made it, or the file was changed since",
    })),
    rules: report.contents.rules.map((one) =>
      one.rule === 'key-ranges'
        ? {
            ...one,
            verdict: 'fail',
            detail:
              'keys out of range: 3; the first: rolling_period is 0; allowed: 1 to 144, in 10-minute intervals',
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

export const damagedView: ExportView = { ...view, report: damaged(view.report), known_keys: [] };
