import { describe, expect, it } from 'vitest';
import { isNameAllowed, nextVersion, suggestedKeyId } from './naming';

const keys = [
  { key_id: '310', key_version: 'v2', created_at: '2026-11-14T00:00:00Z' },
  { key_id: '310', key_version: 'v10', created_at: '2026-11-13T00:00:00Z' },
  { key_id: '310', key_version: 'autumn', created_at: '2026-11-12T00:00:00Z' },
  { key_id: '901', key_version: 'v1', created_at: '2026-11-20T00:00:00Z' },
];

describe('the suggested name', () => {
  it('goes on from the highest number of the same id', () => {
    expect(nextVersion('310', keys)).toBe('v11');
    expect(nextVersion('222', keys)).toBe('v1');
  });

  it('takes the id of the newest key', () => {
    expect(suggestedKeyId(keys)).toBe('901');
    expect(suggestedKeyId([])).toBe('');
  });
});

describe('isNameAllowed', () => {
  it.each(['310', 'v1', 'MAG_2', 'a'.repeat(64)])('takes %s', (name) =>
    expect(isNameAllowed(name)).toBe(true),
  );
  it.each(['', 'v 1', 'v-1', 'é', 'a'.repeat(65)])('refuses %j', (name) =>
    expect(isNameAllowed(name)).toBe(false),
  );
});
