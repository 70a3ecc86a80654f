/** What comes next for a key, in words. */
import { formatDuration, utcDate } from '$lib/format';
import { t } from '$lib/i18n';
import { keyName } from './naming';
import type { Outlook, Warning } from './outlook';

/** Says what comes next in a few words: `Rotation due 8 Dec 2026`. */
export function outlookWords(ahead: Outlook): string {
  const words = t.keyLife.next;
  switch (ahead.kind) {
    case 'not-handed-over':
      return words.notHandedOver;
    case 'no-config':
      return words.noConfig;
    case 'rotating':
      return words.rotating;
    case 'stalled':
      return words.stalled(utcDate(ahead.at));
    case 'rotation-due':
      return words.rotationDue(utcDate(ahead.at));
    case 'rotation-overdue':
      return words.rotationOverdue(utcDate(ahead.at));
    case 'ends':
      return words.ends(utcDate(ahead.at));
    case 'held':
      return words.held(utcDate(ahead.at));
    case 'ended':
      return words.ended(utcDate(ahead.at));
    case 'revoked':
      return words.revoked(utcDate(ahead.at));
  }
}

/** How far away that is: `in 15 d`; empty where it is long past or has no day. */
export function outlookTime(ahead: Outlook, now: number): string {
  if (!('at' in ahead) || ['ended', 'revoked', 'rotating', 'stalled'].includes(ahead.kind)) return '';
  const left = Date.parse(ahead.at) - now;
  const words = t.keyLife.next;
  return left > 0 ? words.in(formatDuration(left)) : words.ago(formatDuration(-left));
}

/** Says what needs a look, what it means and what to do. */
export function warningWords(warning: Warning, now: number): string {
  const words = t.keyLife.warnings;
  switch (warning.kind) {
    case 'not-backed-up':
      return words['not-backed-up'];
    case 'unconfirmed':
      return words.unconfirmed(
        t.keyLife.recipients[warning.recipient],
        formatDuration(now - Date.parse(warning.since)),
      );
    case 'stalled': {
      const { step, old, successor, since } = warning.stall;
      return words.stalled(t.rotation.next[step](keyName(old), keyName(successor)), utcDate(since));
    }
    default:
      return words[warning.kind](utcDate(warning.at));
  }
}
