import type { ConfigForm } from './form';
import type { Step } from './steps';

/** A new config that somebody began and left: for instance to generate a signing key first. */
export interface Unfinished {
  /** The daemon that it was for, by its CA. */
  daemon: string;
  /** The config that it is a copy of; `null` for none. */
  origin: string | null;
  form: ConfigForm;
  reached: Step;
}

let kept: Unfinished | null = null;

/** Keeps a form until the console is closed, another new config is begun, or it is taken up again. */
export function keepUnfinished(work: Unfinished): void {
  kept = work;
}

/** Forgets what was kept: the config was made, or somebody doesn't want it. */
export function forgetUnfinished(): void {
  kept = null;
}

/** Returns what was left of a new config of that daemon and origin, and forgets it; `null` where nothing was. */
export function takeUnfinished(daemon: string, origin: string | null): Unfinished | null {
  const found = kept !== null && kept.daemon === daemon && kept.origin === origin ? kept : null;
  kept = null;
  return found;
}
