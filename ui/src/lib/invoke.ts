/**
 * The one way a command is called. Each call names the daemon that the pages show, so that Rust refuses what was meant
 * for another one (src-tauri/src/commands/at_daemon.rs).
 */
import { invoke as tauris } from '@tauri-apps/api/core';
import { shownDaemon } from './shown-daemon';

export function invoke<Answer>(command: string, fields: Record<string, unknown> = {}): Promise<Answer> {
  return tauris<Answer>(command, { ...fields, shownDaemon: shownDaemon() });
}
