/** How many things need a person behind an entry of the sidebar: from the daemon's status, which is read anyway. */
import type { Attention } from '$lib/api';

/** Which kinds of attention belong to which page. */
const KINDS: Record<string, RegExp> = {
  '/export-configs': /^(no-live-signing-key|no-keys-coming|config-paused)$/,
  '/batches': /^((batch|regeneration)-(failed|late)|window-not-begun)$/,
  '/signing-keys': /^(key-|token-)/,
  '/signing-desk': /^(batch|regeneration)-awaiting-signature$/,
  '/people': /^client-certificate-ending$/,
  '/storage': /^storage-/,
};

/** Counts the things behind the page at `path`, each once however many reasons it has; 0 for none. */
export function needsPerson(path: string, attention: readonly Attention[]): number {
  const kind = KINDS[path];
  if (kind === undefined) return 0;
  const found = attention.filter((one) => kind.test(one.kind));
  return new Set(found.map((one) => one.resource_id ?? one.title)).size;
}
