/** What tests of a config's page have in common: the configs it shows, its fields, and how it is left. */
import { screen } from '@testing-library/svelte';
import { beforeEach } from 'vitest';
import { forgetUnfinished, takeEdit } from '../../src/features/export-configs/unfinished';
import { router } from '../../src/lib/router.svelte';
import { configs } from '../fake/data';
import { leaveNothing, refusal } from './setup';

export const MAG = '01931000-0000-7000-8000-000000000101';
export const EU = '01931000-0000-7000-8000-000000000103';
/** It begins later, so it has no batches yet. */
export const MAG_S = '01931000-0000-7000-8000-000000000104';

export const field = (name: string) => screen.getByTestId<HTMLInputElement>(`config-${name}`);

/** What is said of a field below it: its error, then its help. */
export const errorOf = (control: HTMLElement) =>
  (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

const NEWER = { title: 'Changed meanwhile', detail: 'Revision 3 is the newest.' };
export const changedMeanwhile = refusal('changed-meanwhile', NEWER.detail, {
  problem: { type: 'urn:tekport:problem:changed-meanwhile', ...NEWER, status: 412, errors: [] },
});

/** The config of MAG, which the form is opened at revision 2 of. */
export const magAt = (revision: number) => ({ ...structuredClone(configs[0]!), revision });

export function testsOfConfigPage(): void {
  beforeEach(() => router.go('/export-configs/new'));
  // What a test left of a config isn't the next one's.
  leaveNothing(() => {
    forgetUnfinished();
    for (const id of [MAG, EU, MAG_S]) takeEdit('', id);
  });
}
