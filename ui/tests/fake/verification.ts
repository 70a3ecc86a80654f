import type { VerificationReport } from '../../src/lib/api';

/** What the check of a good file answers. */
export const report: VerificationReport = {
  accepted: true,
  region: 'MAG',
  start_timestamp: '2026-11-23T08:00:00Z',
  end_timestamp: '2026-11-23T12:00:00Z',
  keys: 3_402,
  revised_keys: 54,
  signatures: [
    { key_id: '310', key_version: 'v2', verified: true, detail: '' },
    { key_id: '310', key_version: 'v1', verified: true, detail: '' },
  ],
  rules: [
    { rule: 'entries', passed: true, detail: '' },
    { rule: 'header', passed: true, detail: '' },
    { rule: 'signature-count', passed: true, detail: '' },
    { rule: 'batch-number', passed: true, detail: '' },
    { rule: 'size', passed: true, detail: '' },
    { rule: 'key-fields', passed: true, detail: '' },
    { rule: 'order', passed: true, detail: '' },
  ],
};
