/** Where signing keys are shown. */
export const LIST_PATH = '/signing-keys';

/** Returns where a key is shown. */
export function keyPath(id: string): string {
  return `${LIST_PATH}/${encodeURIComponent(id)}`;
}

/** Returns where the rotation of a key is gone on with; the key is the old one. */
export function rotationPath(id: string): string {
  return `${keyPath(id)}/rotate`;
}

/** Returns the way out when a key is compromised. */
export function compromisePath(id: string): string {
  return `${keyPath(id)}/compromised`;
}
