import { inLanguage, type ShownText } from '$lib/daemon-text';
import { fieldProblemText } from '$lib/field-problem';
import { t } from '$lib/i18n';
import type { PlacedProblems } from './field-problems';
import { FIELDS, type Field } from './form';

/** Returns what stands at a control of these fields: all their problems, or undefined where they have none. */
export function errorAt(placed: PlacedProblems, ...fields: Field[]): ShownText | undefined {
  const texts = fields
    .flatMap((field) => placed.at[field] ?? [])
    .map(fieldProblemText)
    .map(inLanguage);
  if (texts.length === 0) return undefined;
  const joined = texts.map(({ text }) => text).join(' ');
  return texts.some(({ lang }) => lang) ? { english: joined } : joined;
}

/** Returns what a screen reader says when the problems in sight change: how many, and the first in full. */
export function announcement(placed: PlacedProblems): string {
  const refused = FIELDS.filter((field) => placed.at[field] !== undefined);
  const [first] = refused;
  if (first === undefined) return '';
  const { fields, form } = t.exportConfigs;
  return `${form.fix(refused.length)} ${fields[first].label}: ${inLanguage(errorAt(placed, first) ?? '').text}`;
}
