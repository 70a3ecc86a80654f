/** What the checks of a review come to. */
import type { ReviewCheck, SigningReview } from '$lib/api';
import type { Tone } from '$components/types';

/** A check that failed and that nobody may pass over is an alarm; another one a person decides. */
export function checkTone({ passed, blocking }: ReviewCheck): Tone {
  if (passed) return 'good';
  return blocking ? 'bad' : 'warn';
}

/** Those that failed first, blocking ones before the others; else as they came. */
export function failedFirst(checks: readonly ReviewCheck[]): ReviewCheck[] {
  const weight = ({ passed, blocking }: ReviewCheck) => (passed ? 2 : blocking ? 0 : 1);
  return [...checks].sort((a, b) => weight(a) - weight(b));
}

/** `clear`: sign it. `decide`: a person may, knowing what failed. `blocked`: nobody may. `elsewhere`: no key is here. */
export type Verdict = 'clear' | 'decide' | 'blocked' | 'elsewhere';

export function verdict(review: SigningReview): Verdict {
  const all = [...review.checks, ...review.files.flatMap((file) => file.checks)];
  if (all.some(({ passed, blocking }) => !passed && blocking)) return 'blocked';
  if (!review.acceptable) return 'elsewhere';
  return all.every(({ passed }) => passed) ? 'clear' : 'decide';
}
