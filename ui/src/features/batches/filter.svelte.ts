import type { BatchFilter, BatchState } from '$lib/api';
import type { Scale } from './timeline';

/** What the list of batches is narrowed to, and where it is scrolled; kept while other pages are looked at. */
class ChosenBatches {
  #configId: string = $state('all');
  #state: BatchState | 'all' = $state('all');

  /** How far the list is scrolled, in pixels. */
  top = $state(0);

  /** How wide the timeline draws time. */
  scale: Scale = $state('hours');

  get configId(): string {
    return this.#configId;
  }
  set configId(id: string) {
    this.#configId = id;
    this.top = 0;
  }

  get state(): BatchState | 'all' {
    return this.#state;
  }
  set state(state: BatchState | 'all') {
    this.#state = state;
    this.top = 0;
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

  /** Whether anything is left out. */
  get narrowed(): boolean {
    return this.configId !== 'all' || this.state !== 'all';
  }

  clear(): void {
    this.configId = 'all';
    this.state = 'all';
  }
}

export const chosen = new ChosenBatches();
