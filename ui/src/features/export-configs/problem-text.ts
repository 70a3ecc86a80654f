import type { FieldProblem } from '$lib/api';
import type { DaemonText } from '$lib/daemon-text';
import { english, t } from '$lib/i18n';
import type { PlacedProblems } from './field-problems';
import { FIELDS, type Field } from './form';

/** Returns a problem as one sentence, English as the daemon says it: what is wrong and what is allowed. */
export function problemText(problem: FieldProblem): string {
  return english.exportConfigs.form.problem(problem.reason, problem.allowed);
}

/** Returns what stands at a field: all its problems, or undefined where it has none. */
export function errorAt(placed: PlacedProblems, field: Field): DaemonText | undefined {
  const problems = placed.at[field];
  return problems && { english: problems.map(problemText).join(' ') };
}

/** Returns what a screen reader says when the problems in sight change: how many, and the first in full. */
export function announcement(placed: PlacedProblems): string {
  const refused = FIELDS.filter((field) => placed.at[field] !== undefined);
  const [first] = refused;
  if (first === undefined) return '';
  const { fields, form } = t.exportConfigs;
  return `${form.fix(refused.length)} ${fields[first].label}: ${errorAt(placed, first)?.english ?? ''}`;
}
