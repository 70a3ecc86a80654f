import { describe, expect, it } from 'vitest';
import type { Person } from '$lib/api';
import { at, people } from '../../../tests/fake/data';
import { certificateEnd, codeLink, codeWorks, standing, toggleRole, works } from './standing';

const now = Date.parse('2026-11-23T18:48:00Z');
const [officer, , , invited, revoked] = people as [Person, Person, Person, Person, Person];

describe('standing', () => {
  it('tells who has access, who was invited, whose code ran out and who is shut out', () => {
    expect(people.map((person) => standing(person, now))).toEqual([
      'active',
      'active',
      'active',
      'invited',
      'revoked',
      'lapsed',
    ]);
  });

  it('changes when a code or a certificate ends, with nothing read anew', () => {
    const codeEnd = Date.parse(invited.code_expires_at ?? '');
    expect([standing(invited, codeEnd - 1), standing(invited, codeEnd)]).toEqual(['invited', 'lapsed']);
    const end = Date.parse(certificateEnd(officer) ?? '');
    expect([standing(officer, end - 1), standing(officer, end)]).toEqual(['active', 'ended']);
  });

  it('counts a new code for somebody whose certificate has ended', () => {
    const end = Date.parse(certificateEnd(officer) ?? '');
    const again = { ...officer, code_expires_at: new Date(end + 60_000).toISOString() };
    expect(standing(again, end)).toBe('invited');
    expect(standing(again, now), 'a second workstation').toBe('active');
  });

  it('counts no revoked certificate', () => {
    expect(certificateEnd(revoked)).toBeUndefined();
    expect(certificateEnd(officer)).toBe(officer.certificates[0]?.not_after);
    expect(revoked.certificates.map((certificate) => works(certificate, now))).toEqual([false]);
    expect(standing({ ...revoked, revoked_at: null }, now)).toBe('ended');
  });

  it('takes a code for used up at the instant at which it ends', () => {
    expect(codeWorks({ ...invited, code_expires_at: at(0) }, now)).toBe(false);
  });
});

describe('toggleRole', () => {
  it('keeps ingest alone', () => {
    expect(toggleRole(['viewer', 'admin'], 'ingest')).toEqual(['ingest']);
    expect(toggleRole(['ingest'], 'viewer')).toEqual(['viewer']);
  });

  it('keeps the order in which roles are shown', () => {
    expect(toggleRole(['security-officer', 'viewer'], 'operator')).toEqual([
      'viewer',
      'operator',
      'security-officer',
    ]);
    expect(toggleRole(['viewer', 'operator'], 'viewer')).toEqual(['operator']);
  });
});

it('puts the code where no server is sent it', () => {
  expect(new URL(codeLink('tekport-enrol-1.abc')).hash).toBe('#tekport-enrol-1.abc');
});
