import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '$lib/api';
import { joinSteps } from './steps';

const outcomes = (code?: ErrorCode) =>
  joinSteps(
    code === undefined ? undefined : { code, title: '', detail: '', next_step: '', problem: null },
  ).map((step) => step.outcome);

describe('joinSteps', () => {
  it('marks the step that an error stopped, and those before it as passed', () => {
    expect(outcomes('offline')).toEqual(['passed', 'failed', 'waiting', 'waiting']);
    expect(outcomes('keychain-locked')).toEqual(['failed', 'waiting', 'waiting', 'waiting']);
  });

  it('claims nothing before the start, nor of an error that it can’t place', () => {
    const none = ['waiting', 'waiting', 'waiting', 'waiting'];
    expect([outcomes(), outcomes('internal')]).toEqual([none, none]);
  });
});
