/** What the console's Rust side kept of the daemon: shown, with its age, where the daemon is out of reach. */
import type { Heard, LastKnown } from './api';
import { commands } from './commands';

/** A copy from before, and when that came, in milliseconds since the epoch by this computer's clock. */
export interface Recalled {
  data: unknown;
  at: number;
}

type Part = (known: LastKnown) => Heard<unknown> | null;

/** Which part is the answer to which query, by the query's key. */
const PARTS: Record<string, Part> = {
  status: (known) => known.status,
  'export-configs': (known) => known.export_configs,
  'signing-keys': (known) => known.signing_keys,
  'storage-targets': (known) => known.storage_targets,
  'batches recent': (known) => known.batches,
};

/** Returns what is kept for a query; undefined where nothing is. */
export async function recall(key: string): Promise<Recalled | undefined> {
  const part = Object.hasOwn(PARTS, key) ? PARTS[key] : undefined;
  if (part === undefined) return undefined;
  try {
    const heard = part(await commands.lastKnown());
    return heard === null ? undefined : { data: heard.value, at: Date.parse(heard.at) };
  } catch {
    // Without a copy the page says that the daemon is out of reach, which is what has to be mended.
    return undefined;
  }
}
