import type { Batch, BatchFilter } from '$lib/api';
import type { Commands } from '$lib/commands';

type ListBatches = Pick<Commands, 'listBatches'>;

/** Batches read page after page, and where the next page begins. */
export interface BatchPages {
  items: Batch[];
  next_cursor: string | null;
}

/** Reads up to `pages` pages of the list, newest first, as one. */
export async function readPages(
  commands: ListBatches,
  filter: BatchFilter,
  pages: number,
): Promise<BatchPages> {
  return readWhile(commands, filter, pages, () => true);
}

/** Pages read at most for the timeline: five-minute windows of several configs fill many. */
const TIMELINE_PAGES = 20;

/** Reads the batches whose window ended after `from` (UTC milliseconds); `next_cursor` tells that some are missing. */
export async function readSince(commands: ListBatches, from: number): Promise<BatchPages> {
  const newer = (page: Batch[]) => page.some((batch) => Date.parse(batch.window_end) > from);
  const all = await readWhile(
    commands,
    { config_id: null, state: null, from: null, until: null },
    TIMELINE_PAGES,
    newer,
  );
  const reachesBack = all.items.length > 0 && !newer(all.items.slice(-1));
  return { ...all, next_cursor: reachesBack ? null : all.next_cursor };
}

async function readWhile(
  commands: ListBatches,
  filter: BatchFilter,
  pages: number,
  goOn: (page: Batch[]) => boolean,
): Promise<BatchPages> {
  const items: Batch[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const answer = await commands.listBatches(filter, cursor);
    items.push(...answer.items);
    cursor = answer.next_cursor;
    if (cursor === null || !goOn(answer.items)) break;
  }
  return { items, next_cursor: cursor };
}
