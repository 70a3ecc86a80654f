import type { RuleReport, RuleVerdict } from '$lib/api';
import { t } from '$lib/i18n';
import type { Tone } from '$components/types';

/** Returns the tone of a rule: only a broken one that phones act on is an alarm. */
export function ruleTone({ verdict, required }: RuleReport): Tone {
  if (verdict === 'fail') return required ? 'bad' : 'warn';
  return verdict === 'pass' ? 'good' : 'idle';
}

/** The rule in plain words; one that this console doesn't know keeps its own name. */
export function ruleWords({ rule }: RuleReport): string {
  return t.batches.verify.ruleNames[rule] ?? rule;
}

const ORDER: Record<RuleVerdict, number> = { fail: 0, pass: 1, 'not-applicable': 2 };

/** Returns the rules with the broken ones first, those that phones act on before advice; else as they came. */
export function worstFirst(rules: readonly RuleReport[]): RuleReport[] {
  const weight = ({ verdict, required }: RuleReport) =>
    ORDER[verdict] + (verdict === 'fail' && !required ? 0.5 : 0);
  return [...rules].sort((a, b) => weight(a) - weight(b));
}

/** Counts the rules that are kept, of those that apply. */
export function rulesKept(rules: readonly RuleReport[]): { passed: number; all: number } {
  const applying = rules.filter(({ verdict }) => verdict !== 'not-applicable');
  return { passed: applying.filter(({ verdict }) => verdict === 'pass').length, all: applying.length };
}
