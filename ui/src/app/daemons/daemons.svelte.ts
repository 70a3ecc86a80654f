/** The daemons that this console belongs to, and going from one to another. */
import type { Connection } from '$lib/api';
import { commands } from '$lib/commands';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import { underWay } from '$lib/under-way.svelte';

class Daemons {
  list = $state.raw<Connection[]>([]);

  /** Reads them anew; what can't be read leaves the list as it was, since the one in use is known anyway. */
  async load(): Promise<void> {
    try {
      this.list = await commands.listDaemons();
    } catch {
      // The sidebar shows the daemon in use, and that one says by itself what is wrong.
    }
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
}

export const daemons = new Daemons();
