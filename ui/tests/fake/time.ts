/** The fixed time of the recorded answers, and what names and digests things in them. */
export const NOW = '2026-11-23T18:48:00Z';
const HOUR = 3_600_000;

/** RFC 3339 in whole seconds, `hours` away from a time. */
export function at(hours: number, from: string = NOW): string {
  return new Date(new Date(from).getTime() + hours * HOUR).toISOString().replace('.000Z', 'Z');
}

/** A digest made from a small number, so that each thing has its own and keeps it. */
export function digest(seed: number): string {
  let state = seed * 2_654_435_761 + 12_345;
  let hex = '';
  while (hex.length < 64) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    hex += (state >>> 8).toString(16).padStart(6, '0').slice(-4);
  }
  return hex.slice(0, 64);
}

/** An id made from a small number. */
export const id = (n: number) => `01931000-0000-7000-8000-${String(n).padStart(12, '0')}`;
