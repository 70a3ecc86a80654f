import { expect, it } from 'vitest';
import type { RuleReport } from '$lib/api';
import { rulesKept, ruleTone, ruleWords, worstFirst } from './verification';

const rule = (name: string, verdict: RuleReport['verdict'], required = true): RuleReport => ({
  rule: name,
  verdict,
  required,
  detail: '',
});
const rules = [
  rule('entries', 'pass'),
  rule('key-age', 'not-applicable', false),
  rule('key-order', 'fail', false),
  rule('key-ranges', 'fail'),
  rule('file-size', 'pass'),
];

it('puts what phones refuse first, then what they take, then the rest as it came', () => {
  expect(worstFirst(rules).map((one) => one.rule)).toEqual([
    'key-ranges',
    'key-order',
    'entries',
    'file-size',
    'key-age',
  ]);
});

it('counts only rules that apply', () => {
  expect(rulesKept(rules)).toEqual({ passed: 2, all: 4 });
});

it('alarms only for a rule that phones act on', () => {
  expect(rules.map(ruleTone)).toEqual(['good', 'idle', 'warn', 'bad', 'good']);
});

it('keeps the name of a rule it does not know', () => {
  expect(ruleWords(rule('brand-new', 'pass'))).toBe('brand-new');
  expect(ruleWords(rule('key-ranges', 'pass'))).not.toBe('key-ranges');
});
