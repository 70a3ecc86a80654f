/** Clocks that differ, as one more thing that needs a person: only this side can measure it. */
import { formatDuration } from '$lib/format';
import { t } from '$lib/i18n';

/** What to say where the daemon's clock is `ahead` of this computer's (milliseconds); undefined where they agree. */
export function skewText(ahead: number): { title: string; detail: string } | undefined {
  if (ahead === 0) return undefined;
  const words = t.attention.clockSkew;
  return { title: words.title(formatDuration(Math.abs(ahead))), detail: words.detail };
}
