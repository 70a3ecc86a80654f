/** What lies ahead of a key, and what needs a look: by the same limits as the daemon's status. */
import type { Tone } from '$components/types';
import type { Recipient, SigningKey } from '$lib/api';
import { canSign, isLive } from '$lib/key-life';
import type { Stall } from './rotation-stall';

const DAY = 86_400_000;
/** A rotation takes some weeks: both companies have to answer. */
const ROTATION_WARNING = 30 * DAY;
/** Longer than the companies usually take. */
const UNCONFIRMED_AFTER = 10 * DAY;

export const RECIPIENTS: readonly Recipient[] = ['google', 'apple'];

/** What comes next for a key; `at` where there is a day for it. */
export type Outlook =
  | { kind: 'not-handed-over' | 'no-config'; tone: Tone }
  | {
      kind:
        'rotation-due' | 'rotation-overdue' | 'rotating' | 'stalled' | 'ends' | 'held' | 'ended' | 'revoked';
      tone: Tone;
      at: string;
    };

/**
 * Says what comes next for a key; `rotating` where a successor is there, `stall` where that goes no further. `now` in
 * UTC milliseconds.
 */
export function outlook(key: SigningKey, rotating: boolean, now: number, stall?: Stall): Outlook | undefined {
  if (key.revoked_at !== null) return { kind: 'revoked', tone: 'idle', at: key.revoked_at };
  if (key.retired_at !== null) return { kind: 'ended', tone: 'idle', at: key.retired_at };
  if (key.ends_at !== null) {
    const come = Date.parse(key.ends_at) <= now;
    return { kind: come ? 'held' : 'ends', tone: come ? 'bad' : 'wait', at: key.ends_at };
  }
  if (key.state === 'generated')
    return canSign(key) ? { kind: 'no-config', tone: 'idle' } : { kind: 'not-handed-over', tone: 'warn' };
  if (key.rotation_due_at === null) return undefined;
  if (stall !== undefined) return { kind: 'stalled', tone: stall.overdue ? 'bad' : 'warn', at: stall.since };
  if (rotating) return { kind: 'rotating', tone: 'wait', at: key.rotation_due_at };
  const left = Date.parse(key.rotation_due_at) - now;
  if (left <= 0) return { kind: 'rotation-overdue', tone: 'bad', at: key.rotation_due_at };
  return { kind: 'rotation-due', tone: left < ROTATION_WARNING ? 'warn' : 'idle', at: key.rotation_due_at };
}

/** Something about a key that needs a look. */
export type Warning =
  | { kind: 'rotation-due' | 'rotation-overdue' | 'end-held'; tone: Tone; at: string }
  | { kind: 'stalled'; tone: Tone; stall: Stall }
  | { kind: 'unconfirmed'; tone: Tone; recipient: Recipient; since: string }
  | { kind: 'not-backed-up'; tone: Tone };

/** Lists what needs a look, most urgent first. */
export function warningsOf(key: SigningKey, rotating: boolean, now: number, stall?: Stall): Warning[] {
  if (!isLive(key.state)) return [];
  const warnings: Warning[] = [];
  const ahead = outlook(key, rotating, now);
  if (ahead?.kind === 'held') warnings.push({ kind: 'end-held', tone: 'bad', at: ahead.at });
  if (ahead?.kind === 'rotation-overdue' || (ahead?.kind === 'rotation-due' && ahead.tone === 'warn'))
    warnings.push({ kind: ahead.kind, tone: ahead.tone, at: ahead.at });
  if (stall !== undefined) warnings.push({ kind: 'stalled', tone: stall.overdue ? 'bad' : 'warn', stall });
  for (const recipient of RECIPIENTS) {
    const { state, at } = key[recipient];
    if (state === 'sent' && at !== null && now - Date.parse(at) > UNCONFIRMED_AFTER)
      warnings.push({ kind: 'unconfirmed', tone: 'warn', recipient, since: at });
  }
  if (key.backed_up_at === null && key.custody !== 'hsm')
    warnings.push({ kind: 'not-backed-up', tone: 'warn' });
  return warnings;
}
