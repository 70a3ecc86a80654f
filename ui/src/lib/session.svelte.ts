/** Which daemon this console belongs to, and what the person may do there. */
import type { CommandError, Connection, Me, Role } from './api';
import { commands } from './commands';
import { asCommandError } from './failure';
import { forgetQueries } from './query.svelte';
import { tellShownDaemon } from './shown-daemon';
import { toasts } from './toasts.svelte';

class Session {
  connection = $state.raw<Connection>();
  /** Why the connection's state could not be read: for instance a locked keychain. */
  error = $state.raw<CommandError>();
  me = $state.raw<Me>();

  async load(): Promise<void> {
    try {
      this.connection = await commands.connection();
      this.error = undefined;
    } catch (thrown) {
      this.error = asCommandError(thrown);
    }
  }

  joined(connection: Connection): void {
    forgetQueries();
    toasts.settle();
    this.me = undefined;
    this.connection = connection;
  }

  /** Whether the person has one of these roles. True while the daemon hasn't said: it refuses by itself. */
  may(...roles: Role[]): boolean {
    return this.me === undefined || this.me.person.roles.some((role) => roles.includes(role));
  }
}

export const session = new Session();
tellShownDaemon(() => session.connection?.ca_sha256 ?? null);
