/**
 * How the daemon that is shown can be reached, and how its clock stands. Both are read off its status, which the shell
 * asks for as long as it shows a daemon's pages.
 */
import type { CommandError, Status } from './api';
import { goBy } from './clock.svelte';
import type { Query } from './query.svelte';

/** The id of the text that says why something can't be done while the daemon is out of reach. */
export const NOT_LIVE = 'not-live-reason';
/** Clocks that differ by less are as good as one: certificates and windows don't mind. */
export const CLOCK_TOLERANCE_MS = 5_000;

/**
 * How far the daemon's clock is ahead of this computer's, in milliseconds; negative where it is behind, 0 where they
 * agree as far as can be told. The daemon read its clock somewhere between `askedAt` and `loadedAt`, and says whole
 * seconds: what that leaves open is not held against the clocks.
 */
export function clockAhead(daemonNow: string, askedAt: number, loadedAt: number): number {
  const ahead = Date.parse(daemonNow) - (askedAt + loadedAt) / 2;
  const unsure = (loadedAt - askedAt) / 2 + 1_000;
  return Math.abs(ahead) > CLOCK_TOLERANCE_MS + unsure ? Math.round(ahead / 1_000) * 1_000 : 0;
}

class Link {
  #status = $state.raw<Query<Status>>();
  /** How far the daemon's clock is ahead, in milliseconds; 0 where it is near enough. */
  ahead = $state(0);

  /** Goes by a daemon's status from now on; returns how to stop that, which no later `follow` minds. */
  follow(status: Query<Status>): () => void {
    this.#go(status);
    return () => {
      if (this.#status === status) this.#go(undefined);
    };
  }

  #go(status: Query<Status> | undefined): void {
    this.#status = status;
    this.ahead = 0;
    goBy(0);
  }

  /** Takes the measure of the clocks from the newest status. */
  measure(): void {
    const { data, askedAt, loadedAt } = this.#status ?? {};
    if (data === undefined || askedAt === undefined || loadedAt === undefined) return;
    this.ahead = clockAhead(data.now, askedAt, loadedAt);
    goBy(this.ahead);
  }

  /** Whether the daemon can't be reached: what is shown is old, and nothing can be done there. */
  get lost(): boolean {
    return this.#status?.state === 'offline';
  }

  /** Why, where it is lost. */
  get error(): CommandError | undefined {
    return this.lost ? this.#status?.error : undefined;
  }

  /** When the daemon last answered, by this computer's clock; undefined where it never did as far as is known. */
  get heardAt(): number | undefined {
    return this.#status?.loadedAt;
  }

  get trying(): boolean {
    return this.#status?.refreshing ?? false;
  }

  /** Asks the daemon again now, unless that is under way: a new try would throw the answer of the old one away. */
  retry(): void {
    if (!this.trying) void this.#status?.refresh();
  }
}

export const link = new Link();
