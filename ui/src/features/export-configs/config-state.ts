import type { ExportConfig } from '$lib/api';
import { utcDay } from '$lib/format';
import { t } from '$lib/i18n';
import type { Tone } from '$components/types';

/** Returns the tone of a config's state: one that runs but has an end wants no attention, and is no alarm. */
export function stateTone(config: ExportConfig): Tone {
  switch (config.state) {
    case 'active':
      return 'good';
    case 'paused':
      return 'warn';
    case 'scheduled':
      return 'wait';
    case 'ended':
      return 'idle';
  }
}

/** Says a config's state in a word or two, with the day where one is known. */
export function stateWords({ state, fields }: ExportConfig): string {
  const words = t.exportConfigs;
  if (state === 'scheduled') return words.begins(utcDay(fields.valid_from));
  if (fields.valid_through === null || state === 'paused') return words.states[state];
  return state === 'ended'
    ? words.ended(utcDay(fields.valid_through))
    : words.ends(utcDay(fields.valid_through));
}
