/**
 * The time now, for what counts down or grows old: one timer for all who look. Windows, certificates and keys go by
 * the daemon's clock; where that differs from this computer's, the pages go by the daemon's, too.
 */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

/** How far the daemon's clock is ahead of this computer's, in milliseconds; 0 where they agree well enough. */
let ahead = $state(0);

/** Lets `now` go by a clock that is so far ahead of this computer's; 0 for this computer's own. */
export function goBy(milliseconds: number): void {
  ahead = milliseconds;
}

/**
 * Returns the time now by the daemon's clock, in milliseconds since the epoch; whoever reads it while rendering is
 * kept up to date.
 */
export function now(): number {
  subscribe();
  return Date.now() + ahead;
}

/** The same by this computer's clock: for the age of what came here at a time that this computer noted. */
export function localNow(): number {
  subscribe();
  return Date.now();
}
