// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Role } from '$lib/api';
import { batches, configs, signingKeys } from '../../../tests/fake/data';
import { matchPattern } from '$lib/router.svelte';
import { routes } from '../routes';
import { actionEntries, batchEntries, configEntries, keyEntries, pageEntries } from './entries';

const all = [
  ...pageEntries(() => true),
  ...actionEntries(() => true),
  ...configEntries(configs),
  ...keyEntries(signingKeys),
  ...batchEntries(batches),
];

describe('the palette', () => {
  it('has no entry twice, and each leads to a page that there is', () => {
    expect(new Set(all.map((entry) => entry.id)).size).toBe(all.length);
    const lost = all.filter(({ path }) => !routes.some(({ pattern }) => matchPattern(pattern, path ?? '')));
    expect(lost).toEqual([]);
  });

  it('offers only what the roles allow', () => {
    const asked = (...has: Role[]) =>
      actionEntries((...wanted) => wanted.some((role) => has.includes(role))).map((entry) => entry.path);
    const always = ['/join', '/settings/diagnostics'];
    expect(asked('viewer')).toEqual(always);
    expect(asked('admin')).toEqual(['/export-configs/new', '/export-configs/import', ...always]);
    expect(asked('security-officer')).toEqual(['/signing-keys', '/signing-desk', '/people', ...always]);
  });

  it('shows pages only to those who may open them', () => {
    const paths = (...has: Role[]) =>
      pageEntries((...wanted) => wanted.some((role) => has.includes(role))).map((entry) => entry.path);
    expect(paths('operator')).toContain('/find-a-key');
    expect(paths('viewer')).not.toContain('/find-a-key');
    expect(paths('viewer')).toContain('/batches');
  });

  it('names batches by region and window', () => {
    expect(batchEntries(batches)[0]?.label).toMatch(/^\S+, \d+ \w{3} \d\d:\d\d – /);
  });
});
