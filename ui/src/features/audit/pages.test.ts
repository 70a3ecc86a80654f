import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../tests/fake/records';
import { EVERYTHING, toFilter } from './filter';
import { append, follow, type EntryPages } from './pages';

const all = toFilter(EVERYTHING, 0);
const newest = listAudit(all, null);
const older = listAudit(all, newest.next_cursor);
const sequences = ({ items }: EntryPages) => items.map((entry) => entry.sequence);

describe('follow', () => {
  it('puts what is new on top and keeps what was read', () => {
    const known = append({ ...newest, items: newest.items.slice(3) }, newest.next_cursor!, older);
    const followed = follow(known, newest);
    expect(sequences(followed)).toEqual([...sequences(newest), ...sequences(older)]);
    expect(followed.next_cursor).toBe(older.next_cursor);
  });

  it('begins anew where more came in than a page holds', () => {
    expect(follow(older, newest)).toBe(newest);
    expect(follow(undefined, newest)).toBe(newest);
    expect(follow({ items: [], next_cursor: null }, newest)).toBe(newest);
  });

  it('begins anew where the log is another one', () => {
    const [top, ...rest] = newest.items;
    const other = { ...newest, items: [{ ...top!, hash: 'f'.repeat(64) }, ...rest] };
    expect(follow(other, newest)).toBe(newest);
  });
});

describe('append', () => {
  it('puts older entries below', () => {
    expect(sequences(append(newest, newest.next_cursor!, older))).toEqual([
      ...sequences(newest),
      ...sequences(older),
    ]);
  });

  it('adds nothing to a list that began anew meanwhile', () => {
    const anew = { items: newest.items.slice(0, 3), next_cursor: 'another' };
    expect(append(anew, newest.next_cursor!, older)).toBe(anew);
  });
});
