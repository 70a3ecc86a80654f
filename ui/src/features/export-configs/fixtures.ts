import type { ExportConfig, ExportConfigDraft } from '$lib/api';

/** A draft for tests: every field filled in, `changes` on top. */
export function draftWith(changes: Partial<ExportConfigDraft> = {}): ExportConfigDraft {
  return {
    output_region: 'MAG',
    input_regions: ['MAG', 'MAG-N'],
    excluded_regions: [],
    travelers: 'include',
    storage_target: 'cdn-primary',
    path_prefix: 'mag',
    period_minutes: 240,
    valid_from: '2026-11-20T00:00:00Z',
    valid_through: null,
    signing_key_ids: ['key-2', 'key-1'],
    max_records_per_file: 750_000,
    small_batch: { policy: 'pad', minimum: 1_000, jitter: 100 },
    ...changes,
  };
}

/** A config for tests that has made batches up to 23 November, 16:00 UTC. */
export function configWith(
  fields: Partial<ExportConfigDraft> = {},
  config: Partial<ExportConfig> = {},
): ExportConfig {
  return {
    id: 'config-1',
    revision: 3,
    state: 'active',
    fields: draftWith(fields),
    created_at: '2026-11-19T09:00:00Z',
    updated_at: '2026-11-21T10:00:00Z',
    windows_through: '2026-11-23T16:00:00Z',
    ...config,
  };
}
