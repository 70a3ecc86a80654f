import { describe, expect, it } from 'vitest';
import type { Person } from '$lib/api';
import { people } from '../../../tests/fake/data';
import { certificateEnd, standing, toggleRole } from './standing';

describe('standing', () => {
  it('tells who has access, who was invited and who is shut out', () => {
    expect(people.map(standing)).toEqual(['active', 'active', 'active', 'invited', 'revoked']);
  });

  it('counts no revoked certificate', () => {
    expect(certificateEnd(people[4] as Person)).toBeUndefined();
    expect(certificateEnd(people[0] as Person)).toBe(people[0]?.certificates[0]?.not_after);
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
