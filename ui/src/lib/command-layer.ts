/** The command layer of the shipped console: the generated commands, which call Rust. */
import { commands } from '../bindings';
import type { CommandError } from './api';
import type { Commands } from './commands';
import { rejecting } from './rejecting';

type Answer = { status: 'ok'; data: unknown } | { status: 'error'; error: CommandError };
type Command = (...args: never[]) => Promise<Answer>;

/** Tells Rust what failed, by name only, for the log and the diagnostics. That this fails too concerns nobody. */
function note(command: string, code: string): void {
  void commands.noteFailure(command, code).catch(() => undefined);
}

export const layer = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [name, rejecting(name, command as Command, note)]),
) as Commands;
