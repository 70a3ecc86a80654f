/** The named steps of joining, and which of them an error belongs to. */
import type { CommandError, ErrorCode } from '$lib/api';
import { t } from '$lib/i18n';
import type { Step } from '$components/types';

const ORDER = ['key', 'reach', 'certificate', 'pin'] as const;
type StepName = (typeof ORDER)[number];

/** Errors by the step they stop. One that isn't listed stops no named step: its own words say where it arose. */
const STOPS: Partial<Record<ErrorCode, StepName>> = {
  'keychain-missing': 'key',
  'keychain-locked': 'key',
  'keychain-denied': 'key',
  'keychain-damaged': 'key',
  'keychain-not-kept': 'key',
  'keychain-failed': 'key',
  offline: 'reach',
  timeout: 'reach',
  tls: 'reach',
  address: 'reach',
  'not-tekport': 'reach',
  unauthenticated: 'certificate',
  invalid: 'certificate',
  conflict: 'certificate',
  forbidden: 'certificate',
  'too-many-requests': 'certificate',
  'sealing-key-invalid': 'pin',
};

/** Returns the steps with how each ended: those before the one that failed have passed. */
export function joinSteps(error: CommandError | undefined): Step[] {
  const failed = error && STOPS[error.code];
  const failedAt = failed === undefined ? -1 : ORDER.indexOf(failed);
  return ORDER.map((name, i) => ({
    ...t.enrol.steps[name],
    outcome: i === failedAt ? 'failed' : i < failedAt ? 'passed' : 'waiting',
  }));
}
