import { expect, it } from 'vitest';
import type { Attention } from '$lib/api';
import { noFacts } from '../../tests/fake/data';
import { needsPerson } from './counts';

const about = (kind: string, resource_id: string | null): Attention => ({
  severity: 'warn',
  kind,
  title: kind,
  detail: '',
  resource_id,
  facts: noFacts,
});

it('counts what needs a person behind a page, each thing once', () => {
  const attention = [
    about('key-not-backed-up', 'key-1'),
    about('key-unconfirmed', 'key-1'),
    about('key-rotation-due', 'key-2'),
    about('batch-awaiting-signature', 'batch-1'),
    about('batch-failed', 'batch-2'),
    about('regeneration-awaiting-signature', 'batch-3'),
    about('regeneration-failed', 'batch-4'),
    about('ca-certificate-ending', null),
  ];
  expect(needsPerson('/signing-keys', attention)).toBe(2);
  expect(needsPerson('/signing-desk', attention)).toBe(2);
  expect(needsPerson('/batches', attention)).toBe(2);
  expect(needsPerson('/settings', attention)).toBe(0);
});
