import type { AuditEntry } from '$lib/api';

/** Entries read so far, newest first, and where older ones begin. */
export interface EntryPages {
  items: AuditEntry[];
  next_cursor: string | null;
}

/**
 * Puts the newest page on top of what was read before. Entries never change, so what was read is not read again.
 *
 * Where the two don't meet, because more came in than a page holds or the log is another one than before, the newest
 * page stands alone.
 */
export function follow(known: EntryPages | undefined, newest: EntryPages): EntryPages {
  const top = known?.items[0];
  const met = top && newest.items.findIndex((entry) => entry.sequence === top.sequence);
  if (known === undefined || met === undefined || met === -1) return newest;
  if (newest.items[met]?.hash !== top?.hash) return newest;
  return { items: [...newest.items.slice(0, met), ...known.items], next_cursor: known.next_cursor };
}

/**
 * Puts the page that begins at `cursor` below what was read before. Where the list began anew meanwhile, it goes on
 * elsewhere, and the page would leave a gap: then nothing is added.
 */
export function append(known: EntryPages, cursor: string, older: EntryPages): EntryPages {
  if (known.next_cursor !== cursor) return known;
  return { items: [...known.items, ...older.items], next_cursor: older.next_cursor };
}
