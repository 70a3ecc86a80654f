/** The time now, for what counts down or grows old: one timer for all who look. */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

/** Returns the time now in milliseconds since the epoch; whoever reads it while rendering is kept up to date. */
export function now(): number {
  subscribe();
  return Date.now();
}
