/** The daemons that this console belongs to, and going from one to another. */
import type { Connection } from './api';
import { commands } from './commands';
import { errorDetail } from './error-text';
import { asCommandError } from './failure';
import { t } from './i18n';
import { router } from './router.svelte';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';
import { underWay } from './under-way.svelte';

class Daemons {
  list = $state.raw<Connection[]>([]);
  /** Whether the list was read at least once: before that, an empty one says nothing. */
  known = $state(false);

  /** Reads them anew; what can't be read leaves the list as it was, since the one in use is known anyway. */
  async load(): Promise<void> {
    try {
      this.list = await commands.listDaemons();
      this.known = true;
    } catch {
      // The sidebar shows the daemon in use, and that one says by itself what is wrong.
    }
  }

  /** Takes a daemon that was left off the list, so that nothing offers to go there. */
  drop(caSha256: string): void {
    this.list = this.list.filter((one) => one.ca_sha256 !== caSha256);
  }

  /**
   * Goes to another daemon's overview: no page of one daemon may stand there with another's data. Refused while
   * something is being done at the one that is shown.
   */
  async switchTo(caSha256: string): Promise<void> {
    underWay.mustBeOver();
    const connection = await commands.switchDaemon(caSha256);
    router.go('/');
    session.joined(connection);
  }

  /** Goes there, and says why where that isn't possible. */
  async go(caSha256: string): Promise<void> {
    try {
      await this.switchTo(caSha256);
    } catch (thrown) {
      const error = asCommandError(thrown);
      const busy = error.code === 'work-under-way';
      toasts.say(busy ? t.shell.daemons.busy : t.shell.daemons.failed(errorDetail(error)));
    }
  }

  /** Every daemon but the one in use. */
  besides(current: Connection | undefined): Connection[] {
    return this.list.filter((one) => one.ca_sha256 !== null && one.ca_sha256 !== current?.ca_sha256);
  }
}

export const daemons = new Daemons();

/** What a daemon is called: its address where its name isn't known. */
export function nameOf({ daemon, address }: Connection): string {
  return daemon?.name ?? address ?? '';
}
