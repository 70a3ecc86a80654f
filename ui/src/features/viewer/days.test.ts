import { describe, expect, it } from 'vitest';
import { daysShown, seriesOf } from './days';

const day = (date: string, ...reports: [string, number][]) => ({
  day: `${date}T00:00:00Z`,
  reports: reports.map(([report_type, keys]) => ({ report_type, keys })),
});

describe('the chart of a file', () => {
  const days = [
    day('2026-11-20', ['confirmed-test', 5], ['self-report', 2]),
    day('2026-11-22', ['confirmed-test', 1]),
  ];

  it('shows days without keys as gaps', () => {
    const shown = daysShown(days);
    expect(shown).toEqual(['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z']);
    expect(seriesOf(days, shown).map(({ values }) => values)).toEqual([
      [5, 0, 1],
      [2, 0, 0],
    ]);
  });

  it('leaves gaps out where a key is from long ago', () => {
    const far = [day('2020-01-01', ['unknown', 1]), ...days];
    expect(daysShown(far)).toHaveLength(3);
  });

  it('has no bars for a file without keys', () => {
    expect(daysShown([])).toEqual([]);
    expect(seriesOf([], [])).toEqual([]);
  });
});
