import { describe, expect, it } from 'vitest';
import { keyWith } from './fixtures';
import { groupKeys, predecessorFor, rotatedBy, successorOf } from './groups';

const v1 = keyWith();
const v2 = keyWith({
  id: 'key-2',
  key_version: 'v2',
  predecessor_id: 'key-1',
  state: 'introduced',
  created_at: '2026-11-14T09:00:00Z',
});
const other = keyWith({ id: 'key-9', key_id: '901', created_at: '2026-05-01T09:00:00Z' });

it('puts versions of one id together, the newest first', () => {
  const views = [v1, other, v2].map((key) => ({ key, in_keychain: 'here' as const }));
  expect(groupKeys(views).map(({ keyId, views: of }) => [keyId, of.map(({ key }) => key.id)])).toEqual([
    ['310', ['key-2', 'key-1']],
    ['901', ['key-9']],
  ]);
});

describe('who follows whom', () => {
  it('is the newest that names it and was not revoked', () => {
    expect(successorOf(v1, [v1, v2])?.id).toBe('key-2');
    expect(successorOf(v1, [v1, { ...v2, state: 'revoked' }])).toBeUndefined();
    expect(successorOf(v2, [v1, v2])).toBeUndefined();
  });

  it('lets a new version follow the newest key of the id that signs', () => {
    expect(predecessorFor('310', [v1, v2])?.id).toBe('key-2');
    expect(predecessorFor('310', [v1, { ...v2, state: 'generated' }])?.id).toBe('key-1');
    expect(predecessorFor('310', [{ ...v1, state: 'retired' }])).toBeUndefined();
    expect(predecessorFor('222', [v1, v2])).toBeUndefined();
  });

  it('leads both keys of a rotation to the same one, until the old one is gone', () => {
    expect(rotatedBy(v1, [v1, v2])?.id).toBe('key-1');
    expect(rotatedBy(v2, [v1, v2])?.id).toBe('key-1');
    expect(rotatedBy({ ...v2, state: 'generated' }, [v1, v2])?.id).toBe('key-1');
    expect(rotatedBy(v2, [{ ...v1, state: 'retired' }, v2])?.id).toBe('key-2');
    expect(rotatedBy({ ...v2, state: 'revoked' }, [v1, v2])).toBeUndefined();
  });
});
