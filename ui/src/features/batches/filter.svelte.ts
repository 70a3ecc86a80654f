import type { BatchFilter, BatchState } from '$lib/api';

/** What the list of batches is narrowed to; kept while other pages are looked at. */
class ChosenBatches {
  configId: string = $state('all');
  state: BatchState | 'all' = $state('all');

  /** How many pages of the list are shown. */
  pages = $state(1);

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
