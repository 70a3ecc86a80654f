import { expect, it } from 'vitest';
import type { CommandError, ErrorCode, UnattendedSigning } from '$lib/api';
import { troubleOf } from './trouble';

const error = (code: ErrorCode): CommandError => ({
  code,
  title: code,
  detail: '',
  next_step: '',
  problem: null,
});
const signing = (change: Partial<UnattendedSigning>): UnattendedSigning => ({
  enabled: true,
  config_ids: ['c1'],
  stopped: null,
  failing_since: null,
  last_run_at: '2026-11-23T18:47:00Z',
  last_result: { signed_batch_ids: [], left: [], skipped: [], error: null },
  tray: true,
  ...change,
});
const failed = { signed_batch_ids: [], left: [], skipped: [], error: error('offline') };

it('is what stopped it, or what it has failed with for a while', () => {
  expect(troubleOf(signing({}))).toBeUndefined();
  expect(troubleOf(signing({ last_result: failed }))).toBeUndefined();
  expect(troubleOf(signing({ last_result: failed, failing_since: '2026-11-23T18:30:00Z' }))).toEqual({
    stopped: false,
    error: error('offline'),
  });
  expect(troubleOf(signing({ stopped: error('key-not-here'), last_result: failed }))).toEqual({
    stopped: true,
    error: error('key-not-here'),
  });
});
