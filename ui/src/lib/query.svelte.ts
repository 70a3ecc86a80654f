/**
 * The one way pages read from the daemon. A query keeps what it last got, says how old that is, and refreshes on an
 * interval and when the window gets the focus. Offline keeps the last data on the screen, or takes what is kept from
 * before the console was started; a refusal keeps it too, unless it says that the reader may no longer see it.
 */
import { onDestroy } from 'svelte';
import type { CommandError } from './api';
import { asCommandError } from './failure';
import { recall, type Recalled } from './last-known';

/**
 * What a page shows: `loading` has no answer yet, at most data from before the console was started; `ready` has one;
 * `offline` and `refused` hold an error beside it.
 */
export type QueryState = 'loading' | 'ready' | 'offline' | 'refused';

/** Codes that mean "no answer came": the daemon may be well, this console just can't reach it. */
const OFFLINE_CODES = new Set(['offline', 'timeout']);
/** Codes after which old data may no longer be shown. */
const SHUT_OUT_CODES = new Set(['unauthenticated', 'forbidden', 'not-found', 'not-enrolled']);

export function isOffline(error: CommandError): boolean {
  return OFFLINE_CODES.has(error.code);
}

/** An answer that takes longer may take until the time limit of connecting: what is kept is shown meanwhile. */
const SLOW_MS = 1_500;

export class Query<T> {
  data = $state.raw<T>();
  error = $state.raw<CommandError>();
  /** When `data` came, by this computer's clock in milliseconds since the epoch. */
  loadedAt = $state<number>();
  /** When `data` was asked for, in the same way; undefined where it was not by this query. */
  askedAt = $state<number>();
  refreshing = $state(false);
  /** Whether `data` is what was kept, and no answer came yet. */
  #recalled = $state(false);

  readonly #fetch: () => Promise<T>;
  readonly #recall: () => Promise<Recalled | undefined>;
  #generation = 0;

  /** `recall` returns what was kept of an earlier answer, for when the daemon can't be reached. */
  constructor(
    fetch: () => Promise<T>,
    recall: () => Promise<Recalled | undefined> = () => Promise.resolve(undefined),
  ) {
    this.#fetch = fetch;
    this.#recall = recall;
  }

  get state(): QueryState {
    if (this.error) return isOffline(this.error) ? 'offline' : 'refused';
    return this.data === undefined || this.#recalled ? 'loading' : 'ready';
  }

  /** Asks again. When a later call overtakes this one, this one's answer is dropped. */
  async refresh(): Promise<void> {
    const generation = ++this.#generation;
    this.refreshing = true;
    const askedAt = Date.now();
    const slow = setTimeout(() => void this.#remember(generation), SLOW_MS);
    try {
      const data = await this.#fetch();
      if (generation !== this.#generation) return;
      this.data = data;
      this.error = undefined;
      this.#recalled = false;
      this.askedAt = askedAt;
      this.loadedAt = Date.now();
    } catch (thrown) {
      const error = asCommandError(thrown);
      if (isOffline(error)) await this.#remember(generation);
      if (generation !== this.#generation) return;
      this.error = error;
      if (SHUT_OUT_CODES.has(this.error.code)) this.data = undefined;
    } finally {
      clearTimeout(slow);
      if (generation === this.#generation) this.refreshing = false;
    }
  }

  /** Takes what was kept where there is nothing else to show, unless another call has overtaken this one. */
  async #remember(generation: number): Promise<void> {
    if (this.data !== undefined || generation !== this.#generation) return;
    const recalled = await this.#recall();
    if (recalled === undefined || this.data !== undefined || generation !== this.#generation) return;
    this.data = recalled.data as T;
    this.loadedAt = recalled.at;
    this.#recalled = true;
  }

  /** Puts in what a command has just answered, so that the page doesn't wait for the next refresh. */
  set(data: T): void {
    this.#generation += 1;
    this.data = data;
    this.error = undefined;
    this.#recalled = false;
    this.refreshing = false;
    this.askedAt = undefined;
    this.loadedAt = Date.now();
  }
}

export interface QueryOptions {
  /** Milliseconds between refreshes while the window is visible; 15 seconds when absent. */
  interval?: number;
  /** Returns what was kept of an earlier answer, where the key alone doesn't say what that is. */
  recall?: () => Promise<Recalled | undefined>;
}

// Kept across pages, so that going back shows the last data at once while it is refreshed.
// Nothing renders from the map itself, so it needs no reactivity.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const kept = new Map<string, Query<unknown>>();

/** The queries of what is on the screen, each as often as something shows it. */
const shown: Query<unknown>[] = [];

/** Forgets everything that was read: for leaving a daemon, whose data must not show beside another's. */
export function forgetQueries(): void {
  kept.clear();
}

/** Whether a query's data is at hand, whatever its age. */
export function isKnown(key: string): boolean {
  return kept.get(key)?.data !== undefined;
}

/** Asks again for whatever is on the screen: when the daemon is back, nobody waits for the next turn. */
export function refreshShown(): void {
  for (const query of kept.values()) if (shown.includes(query)) void query.refresh();
}

/**
 * Reads through `fetch` for as long as the calling component lives. Call it while the component is set up.
 * Queries with the same `key` share their data; so `key` names everything that `fetch` depends on.
 */
export function useQuery<T>(key: string, fetch: () => Promise<T>, options: QueryOptions = {}): Query<T> {
  const query =
    (kept.get(key) as Query<T> | undefined) ?? new Query(fetch, options.recall ?? (() => recall(key)));
  kept.set(key, query as Query<unknown>);
  void query.refresh();

  const refreshIfVisible = () => {
    if (document.visibilityState === 'visible' && !query.refreshing) void query.refresh();
  };
  const timer = setInterval(refreshIfVisible, options.interval ?? 15_000);
  window.addEventListener('focus', refreshIfVisible);
  shown.push(query as Query<unknown>);
  onDestroy(() => {
    shown.splice(shown.indexOf(query as Query<unknown>), 1);
    clearInterval(timer);
    window.removeEventListener('focus', refreshIfVisible);
  });
  return query;
}
