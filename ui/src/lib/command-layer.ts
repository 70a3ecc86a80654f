/** The command layer of the shipped console: the generated commands, which call Rust. */
import { commands } from '../bindings';
import type { CommandError } from './api';
import type { Commands } from './commands';
import { CommandFailure } from './failure';

type Answer = { status: 'ok'; data: unknown } | { status: 'error'; error: CommandError };

/** Turns a command that answers with a result into one that rejects where it was refused. */
function rejecting(command: (...args: never[]) => Promise<Answer>) {
  return async (...args: unknown[]): Promise<unknown> => {
    const answer = await command(...(args as never[]));
    if (answer.status === 'ok') return answer.data;
    // Tauri itself refuses with a bare text, for instance a command that the window may not call.
    throw typeof answer.error === 'object'
      ? new CommandFailure(answer.error)
      : new Error(String(answer.error));
  };
}

export const layer = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [name, rejecting(command)]),
) as Commands;
