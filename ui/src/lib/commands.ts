/**
 * Everything the pages can ask for, one method for each command of the console. A refused command rejects with a
 * `CommandFailure` (failure.ts). Which layer answers is decided when the bundle is built: Rust in the shipped one,
 * recorded answers in the builds for tests.
 */
import { layer } from '$command-layer';
import type { commands as generated } from '../bindings';

type Generated = typeof generated;

/** The generated commands, with a refusal as a rejection instead of a result to look into. */
export type Commands = {
  [Name in keyof Generated]: (
    ...args: Parameters<Generated[Name]>
  ) => Promise<Extract<Awaited<ReturnType<Generated[Name]>>, { status: 'ok' }>['data']>;
};

export const commands: Commands = layer;
