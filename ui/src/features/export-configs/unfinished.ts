import type { ExportConfig } from '$lib/api';
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

/** Changes to a config that somebody made and left without saving: a menu, a shortcut or a dropped file led away. */
export interface UnfinishedEdit {
  /** The version that the edit began from. */
  base: ExportConfig;
  form: ConfigForm;
}

const edits = new Map<string, UnfinishedEdit>();
const placeOf = (daemon: string, id: string) => `${daemon} ${id}`;

/** Keeps changes to a daemon's config until the console is closed, or they are taken up again. */
export function keepEdit(daemon: string, edit: UnfinishedEdit): void {
  edits.set(placeOf(daemon, edit.base.id), edit);
}

/** Returns the changes that were left of a config, and forgets them; `null` where none were. */
export function takeEdit(daemon: string, id: string): UnfinishedEdit | null {
  const place = placeOf(daemon, id);
  const found = edits.get(place) ?? null;
  edits.delete(place);
  return found;
}
