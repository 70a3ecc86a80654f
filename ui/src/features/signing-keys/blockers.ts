/** What stands in the way of a key's end, in sentences. */
import type { EndBlocker, EndCheck } from '$lib/api';
import { utcFull } from '$lib/format';
import { t } from '$lib/i18n';
import { toUtcText } from '$lib/utc-text';

/** Says what one blocker is, and what removes it. */
export function blockerWords(blocker: EndBlocker): string {
  const words = t.keyLife.end.blockers;
  switch (blocker.kind) {
    case 'not-signing':
      return words.notSigning;
    case 'only-live-signer':
      return words.onlyLiveSigner(blocker.output_region);
    case 'only-older-keys':
      return words.onlyOlder(blocker.output_region, blocker.key, blocker.older);
    case 'successor-not-confirmed': {
      const who = blocker.missing.map((to) => t.keyLife.recipients[to]);
      const [one = '', other] = who;
      return other === undefined
        ? words.notConfirmed(blocker.output_region, blocker.successor, one)
        : words.notConfirmedBoth(blocker.output_region, blocker.successor, t.keyLife.end.and(one, other));
    }
    case 'files-signed-alone':
      return words.filesAlone(
        blocker.output_region,
        t.keyLife.end.fileCount(blocker.files),
        utcFull(blocker.until),
      );
  }
}

const DAY = 86_400_000;

/** The end that is suggested, as the form shows it: the first midnight (UTC) from the earliest allowed instant on. */
export function suggestedEnd(check: EndCheck, now: number): string {
  const from = Math.max(now, check.earliest === null ? now : Date.parse(check.earliest));
  return toUtcText(Math.ceil(from / DAY) * DAY);
}
