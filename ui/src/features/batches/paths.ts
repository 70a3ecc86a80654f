import type { BatchState } from '$lib/api';
import { LeftList } from '$lib/left-list';

/** Where the list of batches is. */
export const LIST_PATH = '/batches';

/** Where the list was left: what it was narrowed to. */
export const left = new LeftList(LIST_PATH);

/** Returns where a batch is shown. */
export function batchPath(id: string): string {
  return `${LIST_PATH}/${encodeURIComponent(id)}`;
}

/** Returns the query of the list's address; `all` leaves nothing out. */
export function listQuery(configId: string, state: BatchState | 'all'): string {
  const query = new URLSearchParams();
  if (configId !== 'all') query.set('config', configId);
  if (state !== 'all') query.set('state', state);
  return query.toString();
}

/** Returns where the batches of a config are listed. */
export function batchesOf(configId: string): string {
  return `${LIST_PATH}?${listQuery(configId, 'all')}`;
}
