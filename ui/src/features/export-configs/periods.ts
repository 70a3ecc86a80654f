/** The shortest period, in minutes. */
const SHORTEST = 5;
/** Minutes in a day: every period divides it. */
export const DAY_MINUTES = 1_440;
/** Below this many minutes a phone can be offered more files a day than it takes on iOS with nothing split. */
export const CALM_PERIOD_MINUTES = 240;

/** Every period the daemon takes, in minutes, shortest first: the divisors of a day from 5 minutes on. */
export const PERIODS: readonly number[] = Array.from({ length: DAY_MINUTES }, (_, i) => i + 1).filter(
  (minutes) => minutes >= SHORTEST && DAY_MINUTES % minutes === 0,
);

/** Returns the start of the window of `periodMinutes` that contains `at` (both in UTC milliseconds). */
export function windowStart(at: number, periodMinutes: number): number {
  const period = periodMinutes * 60_000;
  return Math.floor(at / period) * period;
}
