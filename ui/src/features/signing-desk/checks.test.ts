import { describe, expect, it } from 'vitest';
import type { ReviewCheck, SigningReview } from '$lib/api';
import { batchWith } from '../batches/fixtures';
import { checkTone, failedFirst, verdict } from './checks';

const check = (name: string, passed: boolean, blocking = true): ReviewCheck => ({
  name,
  passed,
  blocking,
  detail: '',
  message: { code: '', params: {} },
});

const terms = {
  config_id: 'c',
  output_region: 'MAG',
  period_minutes: 240,
  valid_from: '2026-11-01T00:00:00Z',
  valid_through: null,
  storage_target: 'local',
  path_prefix: 'mag',
  max_records_per_file: 750_000,
  signers: [],
};

function review(checks: ReviewCheck[], acceptable = true): SigningReview {
  return {
    batch: batchWith(),
    config: { now: terms, approved: terms, approved_at: null, changed: [] },
    can_sign: ['310 v3'],
    checks,
    files: [],
    acceptable,
    unattended: acceptable,
  };
}

describe('the checks of a review', () => {
  it('shows what failed first, and what nobody may pass over before the rest', () => {
    const checks = [check('a', true), check('b', false, false), check('c', false)];
    expect(failedFirst(checks).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(checks.map(checkTone)).toEqual(['good', 'warn', 'bad']);
  });

  it('says who may sign', () => {
    expect(verdict(review([check('a', true)]))).toBe('clear');
    expect(verdict(review([check('a', false, false)]))).toBe('decide');
    expect(verdict(review([check('a', false)], false))).toBe('blocked');
    expect(verdict(review([check('a', true)], false))).toBe('elsewhere');
  });
});
