/**
 * The batches of a list that is longer than anybody reads: pages come where somebody looks, and come anew where the
 * daemon's counts say that something changed.
 */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Batch, BatchFilter, CommandError, ConfigDays } from '$lib/api';
import type { Commands } from '$lib/commands';
import { asCommandError } from '$lib/failure';
import { calendar, isoSecond, UNFINISHED, type Calendar, type Chunk } from './calendar';

type ListBatches = Pick<Commands, 'listBatches'>;

/** What was read of a chunk, and what the chunk was like then. */
interface Read {
  batches: Batch[];
  mark: string;
  until: number;
  /** Whether it may have changed although the counts are the same: attempts, signatures. */
  stale: boolean;
}

/** Whoever looks at rows: each wants others at the same time. */
type Viewer = 'list' | 'timeline';

/** Requests at once: what was scrolled past meanwhile is not asked for any more. */
const AT_ONCE = 2;
/** Chunks kept; the farthest from where somebody looks goes first. */
const KEPT = 60;

export class BatchRows {
  calendar: Calendar = $state.raw({ chunks: [], days: [], rows: 0 });
  /** Why the last page that was asked for didn't come. */
  error = $state.raw<CommandError>();

  readonly filter: BatchFilter;
  readonly #commands: ListBatches;
  // Whoever shows a chunk is told of that one alone: the list reads on without the timeline being drawn anew.
  readonly #read = new SvelteMap<number, Read>();
  // Nothing shows what is being read.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #reading = new Set<number>();
  readonly #wanted: Record<Viewer, readonly Chunk[]> = { list: [], timeline: [] };

  constructor(commands: ListBatches, filter: BatchFilter) {
    this.#commands = commands;
    this.filter = filter;
  }

  /** Takes the daemon's counts. What they say has changed is read again as soon as somebody looks at it. */
  count(configs: readonly ConfigDays[]): void {
    this.calendar = calendar(configs, this.filter);
    for (const read of untrack(() => [...this.#read.values()])) {
      read.stale ||= read.batches.some((batch) => UNFINISHED.has(batch.state));
    }
  }

  /** Takes batches that are known already, newest first: they stand where nothing was read until it is. */
  know(batches: readonly Batch[]): void {
    const { config_id, state } = this.filter;
    const wanted = batches.filter(
      (batch) =>
        (config_id === null || batch.config_id === config_id) && (state === null || batch.state === state),
    );
    const unread = untrack(() => this.calendar.chunks.filter(({ from }) => !this.#read.has(from)));
    for (const { from, until } of unread) {
      const own = wanted.filter(({ window_start }) => {
        const start = Date.parse(window_start);
        return from <= start && start < until;
      });
      this.#read.set(from, { batches: own, mark: '', until, stale: true });
    }
  }

  /** Says which chunks somebody looks at now. */
  look(viewer: Viewer, chunks: readonly Chunk[]): void {
    this.#wanted[viewer] = chunks;
    untrack(() => this.#goOn());
  }

  /** The batch of a row; undefined until it is read. */
  at(row: number): Batch | undefined {
    const chunk = this.calendar.chunks.findLast(({ first }) => first <= row);
    return chunk && this.#read.get(chunk.from)?.batches[row - chunk.first];
  }

  /** Whether a chunk is read, be it as it was before. */
  has(chunk: Chunk): boolean {
    return this.#read.has(chunk.from);
  }

  /** What was read of some chunks. */
  of(chunks: readonly Chunk[]): Batch[] {
    return chunks.flatMap((chunk) => this.#read.get(chunk.from)?.batches ?? []);
  }

  #goOn(): void {
    for (const chunk of [...this.#wanted.list, ...this.#wanted.timeline]) {
      if (this.#reading.size >= AT_ONCE) return;
      if (!this.#reading.has(chunk.from) && this.#isDue(chunk)) void this.#fetch(chunk);
    }
  }

  #isDue(chunk: Chunk): boolean {
    const read = this.#read.get(chunk.from);
    return read === undefined || read.stale || read.mark !== chunk.mark || read.until !== chunk.until;
  }

  async #fetch(chunk: Chunk): Promise<void> {
    this.#reading.add(chunk.from);
    try {
      await this.#readPages(chunk);
      this.error = undefined;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      // Nothing more until somebody looks again or new counts come: the daemon is likely out of reach.
      this.#wanted.list = this.#wanted.timeline = [];
    } finally {
      this.#reading.delete(chunk.from);
    }
    this.#forgetFarthest();
    this.#goOn();
  }

  async #readPages({ from, until, mark }: Chunk): Promise<void> {
    const filter = { ...this.filter, from: isoSecond(from), until: isoSecond(until) };
    const first = !this.#read.has(from);
    const batches: Batch[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.#commands.listBatches(filter, cursor);
      batches.push(...page.items);
      cursor = page.next_cursor;
      // A first reading shows each page at once; a later one puts the whole in place of the old.
      if (first || cursor === null)
        this.#read.set(from, { batches: [...batches], mark, until, stale: false });
    } while (cursor !== null);
  }

  #forgetFarthest(): void {
    if (this.#read.size <= KEPT) return;
    const { list, timeline } = this.#wanted;
    // What somebody looks at stays, or it would be read again at once, and for ever.
    const looked = [...list, ...timeline].map(({ from }) => from);
    const centre = list[0]?.from ?? timeline[0]?.from ?? 0;
    const [farthest] = [...this.#read.keys()]
      .filter((from) => !looked.includes(from))
      .sort((a, b) => Math.abs(b - centre) - Math.abs(a - centre));
    if (farthest !== undefined) this.#read.delete(farthest);
  }
}
