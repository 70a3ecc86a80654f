/** The entries of the sidebar, in their groups. */
import FileSearch from '@lucide/svelte/icons/file-search';
import House from '@lucide/svelte/icons/house';
import KeyRound from '@lucide/svelte/icons/key-round';
import Layers from '@lucide/svelte/icons/layers';
import HardDrive from '@lucide/svelte/icons/hard-drive';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import PenLine from '@lucide/svelte/icons/pen-line';
import ScanSearch from '@lucide/svelte/icons/scan-search';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Users from '@lucide/svelte/icons/users';
import type { Component } from 'svelte';
import type { Role } from '$lib/api';
import { t } from '$lib/i18n';
import { FINDERS } from '../features/find-a-key/roles';

export interface NavigationEntry {
  label: string;
  path: string;
  testid: string;
  icon: Component;
  /** Who may open the page; everybody when absent. */
  roles?: readonly Role[];
}

export interface NavigationGroup {
  label?: string;
  entries: NavigationEntry[];
}

const entry = (name: string, path: string, label: string, icon: Component): NavigationEntry => ({
  label,
  path,
  testid: `nav-${name}`,
  icon,
});

/** Returns the sidebar's groups in the language in use. */
export const navigation = (): NavigationGroup[] => [
  { entries: [entry('overview', '/', t.shell.overview, House)] },
  {
    label: t.shell.publishing,
    entries: [
      entry('export-configs', '/export-configs', t.shell.exportConfigs, SlidersHorizontal),
      entry('batches', '/batches', t.shell.batches, Layers),
      entry('viewer', '/viewer', t.shell.viewer, FileSearch),
      { ...entry('find-a-key', '/find-a-key', t.shell.findAKey, ScanSearch), roles: FINDERS },
    ],
  },
  {
    label: t.shell.trust,
    entries: [
      entry('signing-keys', '/signing-keys', t.shell.signingKeys, KeyRound),
      entry('signing-desk', '/signing-desk', t.shell.signingDesk, PenLine),
    ],
  },
  {
    label: t.shell.administration,
    entries: [
      entry('people', '/people', t.shell.people, Users),
      entry('audit', '/audit', t.shell.audit, ScrollText),
      entry('storage', '/storage', t.shell.storage, HardDrive),
      entry('settings', '/settings', t.shell.settings, Settings),
    ],
  },
];

/** Returns the groups with the pages that a person may open; `may` answers for their roles. */
export function navigationFor(may: (...roles: Role[]) => boolean): NavigationGroup[] {
  return navigation().map((group) => ({
    ...group,
    entries: group.entries.filter(({ roles }) => roles === undefined || may(...roles)),
  }));
}

/** Whether the page at `path` belongs to the entry: the entry's own page, or one below it. */
export function isCurrent(entryPath: string, path: string): boolean {
  return entryPath === '/' ? path === '/' : path === entryPath || path.startsWith(`${entryPath}/`);
}
