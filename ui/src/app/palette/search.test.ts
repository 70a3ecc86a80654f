import { describe, expect, it } from 'vitest';
import type { PaletteEntry, PaletteGroup } from './entries';
import { search } from './search';

const entry = (label: string, ...keywords: string[]): PaletteEntry => ({ id: label, label, keywords });
const groups: PaletteGroup[] = [
  { heading: 'Pages', entries: [entry('Overview'), entry('Export configs'), entry('Settings')] },
  { heading: 'Empty', entries: [] },
  { heading: 'Configs', entries: [entry('US-WA', 'cdn-primary'), entry('MAG')] },
];
const found = (typed: string) =>
  search(groups, typed).map(({ heading, entries }) => [heading, ...entries.map((one) => one.label)]);

describe('search', () => {
  it('shows everything in its order until something is typed', () => {
    expect(found(' ')).toEqual([
      ['Pages', 'Overview', 'Export configs', 'Settings'],
      ['Configs', 'US-WA', 'MAG'],
    ]);
  });

  it('finds by letters that are not side by side, and by other names', () => {
    expect(found('uswa')).toEqual([['Configs', 'US-WA']]);
    expect(found('excf')).toEqual([['Pages', 'Export configs']]);
    expect(found('cdn')).toEqual([['Configs', 'US-WA']]);
  });

  it('puts what fits best first, and nothing where nothing fits', () => {
    expect(found('mag')[0]).toEqual(['Configs', 'MAG']);
    expect(found('zzz')).toEqual([]);
  });
});
