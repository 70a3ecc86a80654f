/** Which daemon the pages show, for whatever is asked for from them. */
import { untrack } from 'svelte';

let ask: () => string | null = () => null;

/** Says how to find out which daemon is shown: the SHA-256 of its CA certificate. */
export function tellShownDaemon(shown: () => string | null): void {
  ask = shown;
}

/** The daemon that is shown; `null` where there is none. Whoever asks for something doesn't follow it. */
export function shownDaemon(): string | null {
  return untrack(ask);
}
