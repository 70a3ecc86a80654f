import type { LoadEstimate } from '$lib/api';

/** Days of the month that a month's traffic is reckoned for. */
export const DAYS_A_MONTH = 30;
/** Phones that are assumed until somebody says how many there are. */
export const DEFAULT_PHONES = 1_000_000;
/** More phones than there are people would be a slip of the finger. */
export const MOST_PHONES = 10_000_000_000;

const STORED_AS = 'tekport.assumed-phones';

/** Returns the bytes that phones download in 30 days when each takes every file once. */
export function monthlyBytes(load: LoadEstimate, phones: number): number {
  return load.bytes_a_day * phones * DAYS_A_MONTH;
}

/** Returns the bytes of one file; 0 where nothing is published. */
export function bytesAFile(load: LoadEstimate): number {
  return load.files_a_day === 0 ? 0 : Math.round(load.bytes_a_day / load.files_a_day);
}

/** Returns the number of phones that was assumed last on this computer. */
export function assumedPhones(): number {
  const stored = Number(localStorage.getItem(STORED_AS));
  return Number.isInteger(stored) && stored >= 1 && stored <= MOST_PHONES ? stored : DEFAULT_PHONES;
}

/** Keeps the number of phones for the next config. */
export function assumePhones(phones: number): void {
  if (phones === DEFAULT_PHONES) localStorage.removeItem(STORED_AS);
  else localStorage.setItem(STORED_AS, String(phones));
}
