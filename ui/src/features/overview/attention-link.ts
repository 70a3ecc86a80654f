/** Where something that needs a person is mended: the page, and the place on it. */
import type { Attention, AttentionKind } from '$lib/api';
import { t } from '$lib/i18n';
import { placed } from '$lib/place';
import { LIST_PATH as BATCHES, batchPath } from '../batches/paths';
import { configPath, LIST_PATH as CONFIGS } from '../export-configs/paths';
import { reviewPath } from '../signing-desk/paths';
import { keyPath, LIST_PATH as KEYS, rotationPath } from '../signing-keys/paths';

export interface AttentionLink {
  href: string;
  label: string;
}

type Opens = keyof typeof t.overview.openKinds;

/** By kind; what isn't here is mended on the daemon's machine. `id` is of the thing that it is about. */
const PLACES: Partial<Record<AttentionKind, (id: string) => { path: string; opens: Opens }>> = {
  'batch-failed': (id) => ({ path: batchPath(id), opens: 'batch' }),
  'batch-late': (id) => ({ path: batchPath(id), opens: 'batch' }),
  'batch-awaiting-signature': (id) => ({ path: batchPath(id), opens: 'batch' }),
  'regeneration-failed': (id) => ({ path: batchPath(id), opens: 'batch' }),
  'regeneration-awaiting-signature': (id) => ({ path: batchPath(id), opens: 'batch' }),
  'regeneration-late': (id) => ({ path: batchPath(id), opens: 'batch' }),
  'window-not-begun': () => ({ path: BATCHES, opens: 'batches' }),
  'no-keys-coming': (id) => ({ path: configPath(id), opens: 'config' }),
  'no-live-signing-key': (id) => ({ path: placed(configPath(id), 'signing-keys'), opens: 'config' }),
  'config-paused': (id) => ({ path: placed(CONFIGS, id), opens: 'configs' }),
  'key-rotation-due': (id) => ({ path: rotationPath(id), opens: 'rotation' }),
  'key-rotation-stalled': (id) => ({ path: rotationPath(id), opens: 'rotation' }),
  'key-ending': (id) => ({ path: placed(keyPath(id), 'end'), opens: 'key' }),
  'key-end-held': (id) => ({ path: placed(keyPath(id), 'end'), opens: 'key' }),
  'key-unconfirmed': (id) => ({ path: placed(keyPath(id), 'shares'), opens: 'key' }),
  'key-not-backed-up': (id) => ({ path: placed(keyPath(id), 'custody'), opens: 'key' }),
  'storage-failing': (id) => ({ path: placed('/storage', id), opens: 'storage' }),
  'storage-test-failed': (id) => ({ path: placed('/storage', id), opens: 'storage' }),
  'client-certificate-ending': (id) => ({ path: placed('/people', id), opens: 'people' }),
};

const hasPlace = (kind: string): kind is keyof typeof PLACES => Object.hasOwn(PLACES, kind);

/** Which page to open; undefined where none helps. `maySign`: whether the person signs batches. */
export function attentionLink(attention: Attention, maySign = false): AttentionLink | undefined {
  const { kind, resource_id: id } = attention;
  if (kind === 'token-unavailable') return { href: `#${KEYS}`, label: t.overview.openKinds.keys };
  if (id === null || !hasPlace(kind)) return undefined;
  // An officer goes straight to what is to be signed.
  if (maySign && kind.endsWith('-awaiting-signature')) {
    return { href: `#${reviewPath(id)}`, label: t.overview.openKinds.review };
  }
  const place = PLACES[kind]?.(id);
  return place && { href: `#${place.path}`, label: t.overview.openKinds[place.opens] };
}
