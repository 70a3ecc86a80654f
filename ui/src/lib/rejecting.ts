import type { CommandError } from './api';
import { CommandFailure } from './failure';

type Answer = { status: 'ok'; data: unknown } | { status: 'error'; error: CommandError };

/**
 * Turns a command that answers with a result into one that rejects where it was refused, and notes the refusal by the
 * command's name and the error's code.
 */
export function rejecting(
  name: string,
  command: (...args: never[]) => Promise<Answer>,
  note: (command: string, code: string) => void,
) {
  return async (...args: unknown[]): Promise<unknown> => {
    const answer = await command(...(args as never[]));
    if (answer.status === 'ok') return answer.data;
    // Tauri itself refuses with a bare text, for instance a command that the window may not call.
    const refused = typeof answer.error === 'object';
    note(name, refused ? answer.error.code : 'refused-by-tauri');
    throw refused ? new CommandFailure(answer.error) : new Error(String(answer.error));
  };
}
