/** A rotation that was begun and goes no further: by the same limits as the daemon's status. */
import type { RotationStep, SigningKey } from '$lib/api';
import { canSign, isDead, isLive } from '$lib/key-life';
import { RECIPIENTS } from './outlook';

/** A step that is in people's own hands takes no longer. */
const STALLED_AFTER = 8 * 86_400_000;

/** The steps at which a rotation can stand. */
export type StallStep = Exclude<RotationStep, 'ending' | 'done'>;

export interface Stall {
  step: StallStep;
  old: SigningKey;
  successor: SigningKey;
  /** Since when the step is the one to be done. */
  since: string;
  overdue: boolean;
}

const latest = (...times: (string | null)[]) =>
  times.filter((at) => at !== null).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b), '');

/** The step that comes next, with since when; undefined once an end is set. */
function nextStep(old: SigningKey, successor: SigningKey): { step: StallStep; since: string } | undefined {
  const able = successor.provisioned_at ?? successor.created_at;
  const shared = RECIPIENTS.map((to) => successor[to].at);
  if (old.ends_at !== null || isDead(successor.state)) return undefined;
  if (!canSign(successor)) return { step: 'generate', since: successor.created_at };
  const attached = old.config_ids.every((id) => successor.config_ids.includes(id));
  if (!isLive(successor.state) || !attached)
    return { step: 'sign-with-both', since: successor.introduced_at ?? able };
  if (RECIPIENTS.some((to) => successor[to].state === 'not-sent'))
    return { step: 'send-public-key', since: latest(successor.introduced_at, ...shared) };
  const confirmed = RECIPIENTS.every((to) => successor[to].state === 'confirmed');
  return { step: confirmed ? 'end-old-key' : 'confirm', since: latest(...shared) };
}

/**
 * Says at which step the rotation of a live key stands still; undefined where it moves on, or is waiting for the
 * companies before its day has come. `now` in UTC milliseconds.
 */
export function rotationStall(
  old: SigningKey,
  successor: SigningKey | undefined,
  now: number,
): Stall | undefined {
  if (successor === undefined || !isLive(old.state)) return undefined;
  const next = nextStep(old, successor);
  if (next === undefined) return undefined;
  const overdue = old.rotation_due_at !== null && Date.parse(old.rotation_due_at) <= now;
  const stalled = next.step !== 'confirm' && now - Date.parse(next.since) >= STALLED_AFTER;
  if (!stalled && !overdue) return undefined;
  return { ...next, old, successor, overdue: overdue && next.step !== 'confirm' };
}
