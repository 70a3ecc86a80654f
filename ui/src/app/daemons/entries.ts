/** The other daemons, as the palette offers them. */
import type { Connection } from '$lib/api';
import { asCommandError } from '$lib/failure';
import { t } from '$lib/i18n';
import { toasts } from '$lib/toasts.svelte';
import type { PaletteEntry } from '../palette/entries';
import { daemons } from './daemons.svelte';

/** Goes to a daemon, and says why where that isn't possible. */
export async function go(caSha256: string): Promise<void> {
  try {
    await daemons.switchTo(caSha256);
  } catch (thrown) {
    const { code, detail } = asCommandError(thrown);
    toasts.say(code === 'work-under-way' ? t.shell.daemons.busy : t.shell.daemons.failed(detail));
  }
}

/** Every daemon but the one in use. */
export function others(list: readonly Connection[], current: Connection | undefined): Connection[] {
  return list.filter((one) => one.ca_sha256 !== null && one.ca_sha256 !== current?.ca_sha256);
}

export function daemonEntries(list: readonly Connection[], current: Connection | undefined): PaletteEntry[] {
  return others(list, current).map(({ ca_sha256, daemon, address }) => ({
    id: `daemon ${ca_sha256}`,
    label: t.shell.daemons.goTo(daemon?.name ?? address ?? ''),
    note: daemon ? t.shell.environment[daemon.environment] : undefined,
    keywords: [address ?? ''],
    run: () => void go(ca_sha256 ?? ''),
  }));
}
