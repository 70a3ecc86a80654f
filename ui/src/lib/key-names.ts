/** Names keys in short, the versions of one id together and in the order given: `901 v2, v1; 310 v1`. */
export function groupVersions(keys: readonly { key_id: string; key_version: string }[]): string {
  const versions = new Map<string, Set<string>>();
  for (const { key_id, key_version } of keys) {
    versions.set(key_id, (versions.get(key_id) ?? new Set()).add(key_version));
  }
  return [...versions].map(([id, of]) => `${id} ${[...of].join(', ')}`).join('; ');
}
