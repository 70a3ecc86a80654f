import type { ExportConfig, SigningKey } from '$lib/api';
import { isDead } from '$lib/key-life';
import { toUtcText } from '$lib/utc-text';
import { formOf, type ConfigForm } from './form';
import { windowStart } from './periods';

/** What of a config could not be taken over into a copy, so that the form can say why. */
export type LeftOut = 'region' | 'prefix' | 'start' | 'end' | 'keys';

/** The form for a copy of a config, and what it doesn't have of it. */
export interface Clone {
  form: ConfigForm;
  leftOut: LeftOut[];
}

/**
 * Returns the form for a config like another one. Emptied or set anew is what two configs can't share: the region
 * and the path (nothing else has that path, ever), the dates (windows that are past aren't made), and keys that
 * never sign again.
 */
export function cloneOf({ fields }: ExportConfig, keys: readonly SigningKey[], now: number): Clone {
  const form = formOf(fields);
  const alive = form.signingKeyIds.filter((id) => keys.some((key) => key.id === id && !isDead(key.state)));
  const leftOut: LeftOut[] = ['region', 'prefix', 'start'];
  if (fields.valid_through !== null) leftOut.push('end');
  if (alive.length < form.signingKeyIds.length) leftOut.push('keys');
  return {
    form: {
      ...form,
      outputRegion: '',
      pathPrefix: '',
      validFrom: toUtcText(windowStart(now, form.periodMinutes)),
      validThrough: '',
      signingKeyIds: alive,
    },
    leftOut,
  };
}
