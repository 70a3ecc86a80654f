/** Where the batches are that wait for a signature. */
export const DESK_PATH = '/signing-desk';

/** Returns where a batch is looked at before it is signed. */
export function reviewPath(batchId: string): string {
  return `${DESK_PATH}/${encodeURIComponent(batchId)}`;
}
