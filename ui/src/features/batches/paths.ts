/** Where the list of batches is. */
export const LIST_PATH = '/batches';

/** Returns where a batch is shown. */
export function batchPath(id: string): string {
  return `${LIST_PATH}/${encodeURIComponent(id)}`;
}
