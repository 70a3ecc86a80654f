import { describe, expect, it } from 'vitest';
import type { AuditEntry, Json } from '$lib/api';
import { configs } from '../../../tests/fake/data';
import { listAudit } from '../../../tests/fake/records';
import { beganIn, changeRows } from './changes';
import { EVERYTHING, toFilter } from './filter';

const some = listAudit(toFilter(EVERYTHING, 0), null).items[0]!;
const entry = (kind: string, before: Json | null, after: Json | null): AuditEntry => ({
  ...some,
  resource_kind: kind,
  before,
  after,
});
const fields = configs[0]!.fields as unknown as { [name: string]: Json };

describe('changeRows', () => {
  it('shows what differs, however deep, and nothing else', () => {
    const google = (confirmed_at: string | null) => ({ sent_at: '2026-11-01T00:00:00Z', confirmed_at });
    const before = { key_id: '310', google: google(null) };
    const after = { key_id: '310', google: google('2026-11-09T12:00:00Z') };
    expect(changeRows(entry('signing-key', before, after), [])).toEqual([
      { field: 'Google · confirmed', before: 'none', after: '9 Nov 2026, 12:00 UTC' },
    ]);
  });

  it('leaves out the side that a field wasn’t on', () => {
    const rows = changeRows(entry('person', { name: 'A' }, { name: 'A', code_expires_at: null }), []);
    expect(rows).toEqual([{ field: 'Code ends', after: 'none' }]);
    expect(changeRows(entry('person', null, { name: 'A' }), [])).toEqual([{ field: 'Name', after: 'A' }]);
    expect(changeRows(entry('person', null, null), [])).toEqual([]);
  });

  it('reads a config’s fields as its form does', () => {
    const before = { revision: 1, paused: false, fields: { ...fields, period_minutes: 360 } };
    const after = { revision: 2, paused: false, fields: { ...fields, period_minutes: 240 } };
    expect(changeRows(entry('export-config', before, after), [])).toEqual([
      { field: 'Revision', before: '1', after: '2' },
      { field: 'Period', before: '6 h', after: '4 h' },
    ]);
  });

  it('shows a config of an older daemon, which knew fewer fields, in the log’s own words', () => {
    const rows = changeRows(entry('export-config', null, { fields: { output_region: 'MAG' } }), []);
    expect(rows).toEqual([{ field: 'Fields · output region', after: 'MAG' }]);
  });

  it('shows how an act ended without the number of its beginning', () => {
    const closing = entry('storage-target', { begun: 1_211 }, { passed: true });
    expect(beganIn(closing)).toBe(1_211);
    expect(changeRows(closing, [])).toEqual([{ field: 'Passed', after: 'yes' }]);
    expect(beganIn(entry('person', { name: 'A' }, null))).toBeUndefined();
  });
});
