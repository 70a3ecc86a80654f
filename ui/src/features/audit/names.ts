/** What the things in the log are called, and where they are in the console. */
import type { AuditEntry, ExportConfig, Json, Person, SigningKey } from '$lib/api';
import { utcFull } from '$lib/format';
import { t } from '$lib/i18n';
import { batchPath } from '../batches/paths';
import { configPath } from '../export-configs/paths';
import { personPath } from '../people/paths';
import { keyPath } from '../signing-keys/paths';
import { idText, INSTANT } from './words';

/** Things that have names, by kind and id. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** Collects the names of all that has one. */
export function namesOf(
  people: readonly Person[],
  configs: readonly ExportConfig[],
  keys: readonly SigningKey[],
): Names {
  return {
    person: new Map(people.map((one) => [one.id, one.name])),
    'export-config': new Map(configs.map((one) => [one.id, one.fields.output_region])),
    'signing-key': new Map(keys.map((one) => [one.id, keyName(one.key_id, one.key_version)])),
  };
}

/** What an entry is about: by its name now, else by the one in the entry, else by its id. */
export function objectText(entry: AuditEntry, names: Names): string {
  const id = entry.resource_id;
  const now = names[entry.resource_kind]?.get(id);
  // Keys that came in over the API have the instant of their receipt for an id.
  return now ?? nameIn(entry) ?? idText(id) ?? (INSTANT.test(id) ? utcFull(id) : id);
}

/** The page of a thing; undefined where it has none. */
export function objectPath(kind: string, id: string): string | undefined {
  switch (kind) {
    case 'batch':
      return batchPath(id);
    case 'export-config':
      return configPath(id);
    case 'person':
      return personPath(id);
    case 'signing-key':
      return keyPath(id);
    case 'storage-target':
      return '/storage';
    default:
      return undefined;
  }
}

function nameIn({ before, after }: AuditEntry): string | undefined {
  const text = (side: Json | null, ...path: string[]): string | undefined => {
    let value: Json | undefined = side;
    for (const part of path)
      value = value && typeof value === 'object' && !Array.isArray(value) ? value[part] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  for (const side of [after, before]) {
    const [id, version] = [text(side, 'key_id'), text(side, 'key_version')];
    const found =
      text(side, 'fields', 'output_region') ?? text(side, 'name') ?? (id && version && keyName(id, version));
    if (found) return found;
  }
  return undefined;
}

const keyName = (id: string, version: string) => t.signingKeys.name(id, version);
