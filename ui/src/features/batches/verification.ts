import type { FileVerdict, RuleReport, RuleVerdict, SignatureStanding, SignatureReport } from '$lib/api';
import { t } from '$lib/i18n';
import type { Tone } from '$components/types';

/** The tone of what phones would make of a file. Where that could not be told, nothing is wrong with it, either. */
export const VERDICT_TONES: Record<FileVerdict, Tone> = {
  accepted: 'good',
  refused: 'bad',
  unverified: 'idle',
};

/** The tone of a signature: one whose key isn't at hand is neither right nor wrong. */
export const FINDING_TONES: Record<SignatureStanding, Tone> = {
  verified: 'good',
  wrong: 'bad',
  'unknown-key': 'idle',
  malformed: 'bad',
};

/** Algorithms by the object identifier that stands in the file; phones take no other. */
const ALGORITHMS: Record<string, string> = { '1.2.840.10045.4.3.2': 'ECDSA P-256, SHA-256' };

/** Returns what a signature's algorithm is called, and its object identifier; only that where it has no name here. */
export function algorithmWords({ algorithm }: SignatureReport): string {
  const name = ALGORITHMS[algorithm];
  return name === undefined ? algorithm : `${name} (${algorithm})`;
}

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
