import { t } from '$lib/i18n';
import type { DraftField } from './changes';

/** Says what follows from a change of these fields, a sentence each; nothing where none changes. */
export function consequences(fields: readonly DraftField[]): string[] {
  if (fields.length === 0) return [];
  const words = t.exportConfigs.review;
  const has = (...some: DraftField[]) => some.some((field) => fields.includes(field));
  return [
    words.consequenceEdit,
    ...(has('path_prefix', 'storage_target') ? [words.consequencePrefix] : []),
    ...(has('output_region') ? [words.consequenceRegion] : []),
    ...(has('signing_key_ids') ? [words.consequenceKeys] : []),
  ];
}
