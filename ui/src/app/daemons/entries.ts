/** The other daemons, as the palette offers them. */
import type { Connection } from '$lib/api';
import { daemons, nameOf } from '$lib/daemons.svelte';
import { t } from '$lib/i18n';
import type { PaletteEntry } from '../palette/entries';

export function daemonEntries(current: Connection | undefined): PaletteEntry[] {
  return daemons.besides(current).map((one) => ({
    id: `daemon ${one.ca_sha256}`,
    label: t.shell.daemons.goTo(nameOf(one)),
    note: one.daemon ? t.shell.environment[one.daemon.environment] : undefined,
    keywords: [one.address ?? ''],
    run: () => void daemons.go(one.ca_sha256 ?? ''),
  }));
}
