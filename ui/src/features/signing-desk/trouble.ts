/** What keeps unattended signing from getting anything done. */
import type { CommandError, UnattendedSigning } from '$lib/api';

export interface Trouble {
  /** Whether it stopped until a person turns it on again; otherwise it goes on trying. */
  stopped: boolean;
  error: CommandError;
}

/** Returns it where a person has to know: one failed run that the next one makes good is none. */
export function troubleOf({ stopped, failing_since, last_result }: UnattendedSigning): Trouble | undefined {
  if (stopped !== null) return { stopped: true, error: stopped };
  const error = last_result?.error ?? null;
  return failing_since !== null && error !== null ? { stopped: false, error } : undefined;
}
