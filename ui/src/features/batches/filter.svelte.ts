import type { BatchFilter, BatchState } from '$lib/api';
import { router } from '$lib/router.svelte';
import { left, LIST_PATH, listQuery } from './paths';
import { STATES } from './state';
import type { Scale } from './timeline';

/** What the list of batches is narrowed to, which stands in its address, and where it is scrolled. */
class ChosenBatches {
  /** How far the list is scrolled, in pixels. */
  top = $state(0);

  /** How wide the timeline draws time. */
  scale: Scale = $state('hours');

  /** While another page comes, the list that is still there doesn't change. */
  get #query(): URLSearchParams {
    return new URLSearchParams(router.path === LIST_PATH ? router.query : left.query);
  }

  get configId(): string {
    return this.#query.get('config') ?? 'all';
  }
  set configId(id: string) {
    this.#narrow(id, this.state);
  }

  get state(): BatchState | 'all' {
    const asked = this.#query.get('state');
    return STATES.find((state) => state === asked) ?? 'all';
  }
  set state(state: BatchState | 'all') {
    this.#narrow(this.configId, state);
  }

  /** The filter as the daemon takes it. */
  get filter(): BatchFilter {
    return {
      config_id: this.configId === 'all' ? null : this.configId,
      state: this.state === 'all' ? null : this.state,
      from: null,
      until: null,
    };
  }

  /** The same as the query of an address; empty where nothing is left out. */
  get query(): string {
    return listQuery(this.configId, this.state);
  }

  /** Whether anything is left out. */
  get narrowed(): boolean {
    return this.query !== '';
  }

  clear(): void {
    this.#narrow('all', 'all');
  }

  #narrow(configId: string, state: BatchState | 'all'): void {
    this.top = 0;
    router.narrow(listQuery(configId, state));
  }
}

export const chosen = new ChosenBatches();
