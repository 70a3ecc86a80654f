/** From counts by day and report type to the bars of a chart. */
import type { Series } from '$components/chart-options';
import type { DayOfKeys } from '$lib/api';
import { t } from '$lib/i18n';

const DAY_MS = 86_400_000;
/** A file holds keys of two weeks or so; one with a key from another year would have bars too thin to see. */
const MOST_DAYS = 62;

const TOKENS: Record<string, string> = {
  'confirmed-test': '--accent',
  'confirmed-clinical-diagnosis': '--wait',
  'self-report': '--warn',
  recursive: '--idle',
  revoked: '--bad',
  unknown: '--line-strong',
};

/** The days from the first to the last with keys; without the gaps where they lie too far apart. */
export function daysShown(days: readonly DayOfKeys[]): string[] {
  const times = days.map(({ day }) => Date.parse(day));
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return [];
  const count = Math.round((last - first) / DAY_MS) + 1;
  if (count > MOST_DAYS) return days.map(({ day }) => day);
  return Array.from({ length: count }, (_, i) => rfc3339(first + i * DAY_MS));
}

/** One series for each report type that occurs, in the order of the types' numbers on the wire. */
export function seriesOf(days: readonly DayOfKeys[], shown: readonly string[]): Series[] {
  const byDay = new Map(days.map(({ day, reports }) => [Date.parse(day), reports]));
  const types = [
    'confirmed-test',
    'confirmed-clinical-diagnosis',
    'self-report',
    'recursive',
    'revoked',
    'unknown',
  ];
  return types
    .map((type) => ({
      label: t.viewer.reportTypes[type] ?? type,
      token: TOKENS[type] ?? '--idle',
      values: shown.map(
        (day) => byDay.get(Date.parse(day))?.find(({ report_type }) => report_type === type)?.keys ?? 0,
      ),
    }))
    .filter(({ values }) => values.some((value) => value > 0));
}

const rfc3339 = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');
