/** What the console's Rust side kept of the daemon: shown, with its age, where the daemon is out of reach. */
import type { Heard, LastKnown } from './api';
import { commands } from './commands';

/** A copy from before, and when that came, in milliseconds since the epoch by this computer's clock. */
export interface Recalled {
  data: unknown;
  at: number;
}

export type Part = (known: LastKnown) => Heard<unknown> | '' | null | undefined;

/** Which part is the answer to which query, by the query's key. */
const PARTS: Record<string, Part> = {
  status: (known) => known.status,
  'export-configs': (known) => known.export_configs,
  'signing-keys': (known) => known.signing_keys,
  'storage-targets': (known) => known.storage_targets,
  'batches recent': (known) => known.batches,
  'batch days': (known) => known.batch_days,
  people: (known) => known.people,
  // The whole log; what it was narrowed to is not kept.
  'audit ': (known) => known.audit,
  'audit-choices': (known) => known.audit_choices,
};

/** The same for things that have a page each: the key's first word, and what is kept under an id. */
const PAGES: Record<string, (known: LastKnown, id: string) => Heard<unknown> | undefined> = {
  batch: (known, id) => known.batch_pages.find(({ value }) => value.id === id) ?? listed(known, id),
  rotation: (known, id) => known.rotations.find(({ value }) => value.old.id === id),
};

/** A batch as the list has it: all but its attempts. */
function listed({ batches }: LastKnown, id: string): Heard<unknown> | undefined {
  const batch = batches?.value.items.find((one) => one.id === id);
  return batch && batches ? { at: batches.at, value: batch } : undefined;
}

function partOf(key: string): Part | undefined {
  if (Object.hasOwn(PARTS, key)) return PARTS[key];
  const [kind = '', id = ''] = key.split(' ');
  const page = Object.hasOwn(PAGES, kind) ? PAGES[kind] : undefined;
  return page && ((known) => page(known, id));
}

/** Returns what is kept for a query; undefined where nothing is. */
export async function recall(key: string): Promise<Recalled | undefined> {
  const part = partOf(key);
  return part && recallWith(part);
}

/** Returns what `part` makes of all that is kept; undefined where it makes nothing of it. */
export async function recallWith(part: Part): Promise<Recalled | undefined> {
  try {
    const heard = part(await commands.lastKnown());
    return heard ? { data: heard.value, at: Date.parse(heard.at) } : undefined;
  } catch {
    // Without a copy the page says that the daemon is out of reach, which is what has to be mended.
    return undefined;
  }
}
