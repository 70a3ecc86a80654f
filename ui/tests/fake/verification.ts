import type { ExportView, RuleReport, VerificationReport } from '../../src/lib/api';
import { digest } from './data';

const rule = (name: string, detail: string, required = true): RuleReport => ({
  rule: name,
  verdict: 'pass',
  required,
  detail,
});

const signature = (version: string) => ({
  key_id: '310',
  key_version: version,
  algorithm: '1.2.840.10045.4.3.2',
  verified: true,
  verified_by: `310 ${version}`,
  detail: 'it verifies',
});

/** What the check of a good file answers. */
export const report: VerificationReport = {
  accepted: true,
  problem: null,
  size_bytes: 60_249,
  sha256: digest(1_203),
  contents: {
    region: 'MAG',
    start_timestamp: '2026-11-23T08:00:00Z',
    end_timestamp: '2026-11-23T12:00:00Z',
    batch_num: 1,
    batch_size: 1,
    keys: 3_402,
    revised_keys: 54,
    refused_keys: 0,
    export_bin_bytes: 114_980,
    export_bin_sha256: digest(44),
    signatures: [signature('v2'), signature('v1')],
    rules: [
      rule('file-size', '60,249 of at most 16,000,000 bytes'),
      rule('signature-count', '2 signatures, 2 signature infos'),
      rule('batch-numbers', '1 of 1'),
      rule('key-ranges', 'every key is within its ranges'),
      rule('key-order', 'by what the keys carry, then by their bytes', false),
      {
        rule: 'embargo',
        verdict: 'not-applicable',
        required: true,
        detail: 'the file is older than that',
      },
    ],
  },
};

/** What the check answers for a file that was damaged: no signature verifies, and a rule is broken. */
export const damagedReport: VerificationReport = {
  ...report,
  accepted: false,
  contents: report.contents && {
    ...report.contents,
    signatures: report.contents.signatures.map((signature) => ({
      ...signature,
      verified: false,
      verified_by: null,
      detail: "it doesn't verify: another key made it, or the file was changed since",
    })),
    rules: report.contents.rules.map((one) =>
      one.rule === 'key-ranges'
        ? { ...one, verdict: 'fail', detail: '3 keys have a field out of range' }
        : one,
    ),
  },
};

/** What the viewer answers for a good file: two weeks of keys. */
export const view: ExportView = {
  name: '1763913600-1763928000-00001.zip',
  report,
  days: Array.from({ length: 14 }, (_, i) => ({
    day: `2026-11-${String(9 + i).padStart(2, '0')}T00:00:00Z`,
    reports: [
      { report_type: 'confirmed-test', keys: 120 + ((i * 37) % 90) },
      { report_type: 'self-report', keys: 30 + ((i * 53) % 40) },
      ...(i % 3 === 0 ? [{ report_type: 'confirmed-clinical-diagnosis', keys: 18 }] : []),
    ],
  })),
  known_keys: ['310 v2', '310 v1'],
  keys_problem: null,
};

export const damagedView: ExportView = { ...view, report: damagedReport, known_keys: [] };
