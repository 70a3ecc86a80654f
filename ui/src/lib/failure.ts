import type { CommandError } from './api';

/** A command that was refused, or that could not be carried out. */
export class CommandFailure extends Error {
  readonly error: CommandError;

  constructor(error: CommandError) {
    super(`${error.title}: ${error.detail}`);
    this.name = 'CommandFailure';
    this.error = error;
  }
}

/** Turns whatever was thrown into the error that the pages show. */
export function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandFailure) return thrown.error;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', title: '', detail, next_step: '', problem: null };
}
