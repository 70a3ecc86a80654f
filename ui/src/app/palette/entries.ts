/** What the command palette offers: pages, what can be done with the person's roles, and the things by name. */
import type { Batch, ExportConfig, Role, SigningKeyView } from '$lib/api';
import { utcWindow } from '$lib/format';
import { t } from '$lib/i18n';
import { DIAGNOSTICS_PATH } from '../../features/settings/paths';
import { navigationFor } from '../navigation';
import { GO_KEYS } from '../shortcuts';

export interface PaletteEntry {
  /** Unique among all entries. */
  id: string;
  label: string;
  /** Said small beside the label. */
  note?: string;
  /** What else it is found by. */
  keywords: string[];
  /** The page it leads to; absent for something that is done in place. */
  path?: string;
  run?: () => void;
  /** The keys that do the same. */
  keys?: string;
}

export interface PaletteGroup {
  heading: string;
  entries: PaletteEntry[];
}

/** Batches offered: the newest ones; older ones are found through the list's own filter. */
const BATCHES = 40;

const goKeys = (path: string): string | undefined => {
  const key = Object.keys(GO_KEYS).find((one) => GO_KEYS[one] === path);
  return key && `g ${key}`;
};

/** The pages of the sidebar; `may` answers for the person's roles. */
export function pageEntries(may: (...roles: Role[]) => boolean): PaletteEntry[] {
  return navigationFor(may).flatMap((group) =>
    group.entries.map(({ label, path }) => ({
      id: `page ${path}`,
      label,
      keywords: [],
      path,
      keys: goKeys(path),
    })),
  );
}

/** What the person may begin; `may` answers for their roles. */
export function actionEntries(may: (...roles: Role[]) => boolean): PaletteEntry[] {
  const words = t.shell.palette.actions;
  const offered: { label: string; path: string; roles: Role[] }[] = [
    { label: words.newConfig, path: '/export-configs/new', roles: ['admin'] },
    { label: words.importConfigs, path: '/export-configs/import', roles: ['admin'] },
    { label: words.generateKey, path: '/signing-keys', roles: ['security-officer'] },
    { label: words.sign, path: '/signing-desk', roles: ['security-officer'] },
    { label: words.invite, path: '/people', roles: ['security-officer'] },
    { label: words.testStorage, path: '/storage', roles: ['operator'] },
    { label: words.join, path: '/join', roles: [] },
    { label: t.settings.diagnostics.open, path: DIAGNOSTICS_PATH, roles: [] },
  ];
  return offered
    .filter(({ roles }) => roles.length === 0 || may(...roles))
    .map(({ label, path }) => ({ id: `action ${label}`, label, keywords: [], path }));
}

export function configEntries(configs: readonly ExportConfig[]): PaletteEntry[] {
  return configs.map(({ id, fields, state }) => ({
    id: `config ${id}`,
    label: fields.output_region,
    note: `${fields.path_prefix} · ${t.exportConfigs.states[state]}`,
    keywords: [t.shell.exportConfigs, fields.path_prefix, fields.storage_target],
    path: `/export-configs/${encodeURIComponent(id)}`,
  }));
}

export function keyEntries(keys: readonly SigningKeyView[]): PaletteEntry[] {
  return keys.map(({ key }) => ({
    id: `key ${key.id}`,
    label: t.signingKeys.name(key.key_id, key.key_version),
    note: t.signingKeys.state[key.state],
    keywords: [t.shell.signingKeys, key.fingerprint],
    path: `/signing-keys/${encodeURIComponent(key.id)}`,
  }));
}

export function batchEntries(batches: readonly Batch[]): PaletteEntry[] {
  return batches.slice(0, BATCHES).map((batch) => ({
    id: `batch ${batch.id}`,
    label: `${batch.output_region}, ${utcWindow(batch.window_start, batch.window_end)}`,
    note: t.batches.states[batch.state],
    keywords: [t.shell.batches],
    path: `/batches/${encodeURIComponent(batch.id)}`,
  }));
}
