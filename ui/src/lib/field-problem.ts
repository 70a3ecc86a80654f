import type { FieldProblem } from './api';
import type { ShownText } from './daemon-text';
import { english, t } from './i18n';
import { said } from './messages';

/** What is wrong with a field as the console itself says it, in the language in use. */
export type OwnProblem = Pick<FieldProblem, 'field' | 'reason' | 'allowed'>;

/** Returns a problem as one sentence: what is wrong and what is allowed. */
export function fieldProblemText(problem: FieldProblem | OwnProblem): ShownText {
  if (!('code' in problem)) return t.common.problem(capital(problem.reason), problem.allowed);
  const reason = said(problem, problem.reason);
  const allowed = said(problem.allowed_message, problem.allowed);
  if (reason.lang || allowed.lang) {
    return { english: english.common.problem(capital(problem.reason), problem.allowed) };
  }
  return t.common.problem(bare(reason.text), bare(allowed.text));
}

const bare = (sentence: string) => sentence.replace(/\.$/, '');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
