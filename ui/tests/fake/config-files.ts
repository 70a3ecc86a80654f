/** A file of configs as the console compares it: one of each outcome. */
import type { ConfigImport, ExportConfig, ImportEntry } from '../../src/lib/api';
import { at, configs } from './data';
import { problem } from './preview';

const existing = (index: number): ExportConfig => configs[index]!;

function entry(position: number, over: Partial<ImportEntry> & Pick<ImportEntry, 'outcome'>): ImportEntry {
  const config = over.existing ?? null;
  return {
    position,
    region: config?.fields.output_region ?? 'MAG-W',
    fields: config?.fields ?? null,
    existing: null,
    file_revision: config?.revision ?? null,
    problems: [],
    warnings: [],
    ...over,
  };
}

const mag = existing(0);
const wa = existing(1);

/** What a review of the configs came back with. */
export const imported: ConfigImport = {
  name: 'export-configs-magrathea.json',
  written_at: at(-30),
  daemon: 'Magrathea',
  environment: 'production',
  same_daemon: true,
  entries: [
    entry(1, {
      outcome: 'change',
      existing: mag,
      fields: {
        ...mag.fields,
        period_minutes: 360,
        input_regions: ['MAG', 'MAG-N', 'MAG-W'],
        small_batch: { policy: 'hold', minimum: 500 },
      },
    }),
    entry(2, {
      outcome: 'create',
      fields: {
        ...mag.fields,
        output_region: 'MAG-W',
        input_regions: [],
        path_prefix: 'mag-w',
        valid_from: '2026-11-24T00:00:00Z',
      },
      warnings: [
        problem(
          'small_batch',
          { code: 'field.few-keys', params: {} },
          { code: 'allowed.pad-or-hold', params: {} },
        ),
      ],
    }),
    entry(3, {
      outcome: 'outdated',
      existing: { ...wa, revision: 4 },
      file_revision: 2,
      fields: { ...wa.fields, max_records_per_file: 50_000 },
    }),
    entry(4, {
      outcome: 'refused',
      region: 'EU',
      problems: [
        problem(
          'period_minutes',
          { code: 'field.it-is', params: { found: { code: 'found.text', params: { text: '"daily"' } } } },
          { code: 'wanted.period', params: {} },
        ),
        problem(
          'small_batch.minimum',
          { code: 'field.missing', params: {} },
          { code: 'wanted.minimum', params: {} },
        ),
        problem(
          'colour',
          { code: 'field.no-such-field', params: {} },
          { code: 'fields.known', params: { names: 'id, revision, output_region, …' } },
        ),
      ],
    }),
    entry(5, { outcome: 'unchanged', existing: existing(3) }),
  ],
};

/** The same file beside another daemon than the one that it was written from. */
export const importedElsewhere: ConfigImport = {
  ...imported,
  daemon: 'Magrathea rehearsal',
  environment: 'staging',
  same_daemon: false,
  entries: imported.entries.slice(0, 2),
};
