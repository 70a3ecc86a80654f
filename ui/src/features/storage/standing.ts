import type { Tone } from '$components/types';
import type { StorageTarget } from '$lib/api';
import { t } from '$lib/i18n';

/** How a storage target stands, as a state with its word: what happens daily says more than a test of it. */
export function standing({ problem, last_test, recovered_at }: StorageTarget): { tone: Tone; word: string } {
  const { states } = t.storage;
  if (problem?.publishing) return { tone: 'bad', word: states.fails };
  if (problem) return { tone: 'warn', word: states.keeps };
  if (last_test === null) return { tone: 'idle', word: states.untested };
  if (last_test.passed) return { tone: 'good', word: states.passed };
  return recovered_at === null
    ? { tone: 'bad', word: states.failed }
    : { tone: 'good', word: states.recovered };
}
