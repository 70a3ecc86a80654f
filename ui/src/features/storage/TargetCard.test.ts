// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { StorageTarget } from '$lib/api';
import { storageTargets } from '../../../tests/fake/data';
import { standing } from './standing';
import TargetCard from './TargetCard.svelte';

afterEach(cleanup);

const good = storageTargets[0]!;
const failedTest = {
  passed: false,
  steps: [{ step: 'write', passed: false, detail: 'no room' }],
  tested_at: '2026-11-23T12:00:00Z',
};
const problem = {
  publishing: true,
  since: '2026-11-23T12:00:00Z',
  detail: 'storage.cdn-primary: reading mag/index.txt failed: access denied',
};
const show = (target: StorageTarget) => render(TargetCard, { props: { target, ontested: () => undefined } });

describe('a storage target', () => {
  it('says what fails there in the daily work, whatever a test found', () => {
    show({ ...good, problem });
    const told = screen.getByTestId('storage-problem').textContent;
    expect(told).toContain('Nothing new can be published');
    expect(told).toContain('access denied.');
    expect(standing({ ...good, problem })).toEqual({ tone: 'bad', word: 'Fails' });
    expect(standing({ ...good, problem: { ...problem, publishing: false } }).tone).toBe('warn');
  });

  it('shows no failed test as the present state once what failed has worked', () => {
    const failed = { ...good, last_test: failedTest };
    expect(standing(failed)).toEqual({ tone: 'bad', word: 'Test failed' });
    const recovered = { ...failed, recovered_at: '2026-11-23T16:05:00Z' };
    expect(standing(recovered)).toEqual({ tone: 'good', word: 'Works again' });
    show(recovered);
    expect(screen.getByTestId('storage-recovered').textContent).toContain('16:05');
    expect(screen.queryByTestId('storage-problem')).toBeNull();
  });
});
