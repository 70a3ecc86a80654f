import type { Batch, BatchCounts, ExportFile } from '$lib/api';

/** Counts for tests, all zero but `changes`. */
export function countsWith(changes: Partial<BatchCounts> = {}): BatchCounts {
  return {
    received: 0,
    from_earlier: 0,
    new_keys: 0,
    revised_keys: 0,
    generated: 0,
    embargoed: 0,
    left_out: [],
    ...changes,
  };
}

/** A published file for tests. */
export function fileWith(changes: Partial<ExportFile> = {}): ExportFile {
  return {
    id: 'file-1',
    path: 'mag/1795435200-1795449600-00001.zip',
    url: null,
    start_timestamp: '2026-11-23T12:00:00Z',
    end_timestamp: '2026-11-23T16:00:00Z',
    keys: 3_402,
    revised_keys: 55,
    size_bytes: 63_000,
    sha256: '9f2c41d807ae55b1e3601b7cca0492dd9f2c41d807ae55b1e3601b7cca0492dd',
    signed_by: [
      { key_id: '901', key_version: 'v2' },
      { key_id: '901', key_version: 'v1' },
    ],
    published_at: '2026-11-23T18:02:00Z',
    withdrawn_at: null,
    deleted_at: null,
    ...changes,
  };
}

/** A complete batch with one file for tests. */
export function batchWith(changes: Partial<Batch> = {}): Batch {
  return {
    id: 'batch-1',
    config_id: 'config-1',
    output_region: 'MAG',
    window_start: '2026-11-23T12:00:00Z',
    window_end: '2026-11-23T16:00:00Z',
    state: 'complete',
    attempts: 1,
    error: null,
    next_attempt_at: null,
    completed_at: '2026-11-23T18:02:01Z',
    counts: countsWith({
      received: 3_400,
      from_earlier: 70,
      new_keys: 3_402,
      revised_keys: 55,
      embargoed: 13,
    }),
    files: [fileWith()],
    generation: 0,
    awaiting: null,
    history: [],
    progress: null,
    ...changes,
  };
}
