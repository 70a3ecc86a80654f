/** How a list was last seen, so that the ways back to it find it so. Another daemon's list begins afresh. */
import { session } from './session.svelte';

export class LeftList {
  readonly path: string;
  #daemon: string | null | undefined;
  #query = '';

  constructor(path: string) {
    this.path = path;
  }

  /** Remembers the query of the list's address: what it is narrowed to and how it is sorted. */
  remember(query: string): void {
    this.#daemon = shownDaemon();
    this.#query = query;
  }

  /** Whether it was seen at the daemon that is shown. */
  get seen(): boolean {
    return this.#daemon === shownDaemon();
  }

  /** The query that was last remembered at the daemon that is shown. */
  get query(): string {
    return this.seen ? this.#query : '';
  }

  /** Where the list is, as it was last seen. */
  get address(): string {
    return this.query === '' ? this.path : `${this.path}?${this.query}`;
  }
}

const shownDaemon = () => session.connection?.ca_sha256 ?? null;
