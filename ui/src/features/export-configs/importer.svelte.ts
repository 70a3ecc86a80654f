import type { CommandError, ConfigImport, ImportEntry } from '$lib/api';
import type { Commands } from '$lib/commands';
import { asCommandError } from '$lib/failure';
import { underWay } from '$lib/under-way.svelte';

/** The commands that an import needs. */
export type ImportCommands = Pick<
  Commands,
  'chooseConfigFile' | 'inspectConfigFile' | 'createExportConfig' | 'updateExportConfig'
>;

/** What became of one config of the file. */
export type Applied =
  | { kind: 'busy' }
  | { kind: 'done' }
  /** Somebody changed the config after it was compared: nothing was applied. */
  | { kind: 'conflict' }
  | { kind: 'failed'; error: CommandError };

const CHANGED_MEANWHILE = 'urn:tekport:problem:changed-meanwhile';

/** A file of configs that is looked at, and applied config by config. */
export class ConfigImporter {
  /** The file as it was compared last. */
  found: ConfigImport | null = $state.raw(null);
  error: CommandError | null = $state.raw(null);
  reading: boolean = $state(false);
  /** Whether all that can be applied is being applied. */
  applying: boolean = $state(false);
  /** By position in the file. */
  applied: Record<number, Applied> = $state({});
  #path: string | null = null;
  readonly #commands: ImportCommands;

  constructor(commands: ImportCommands) {
    this.#commands = commands;
  }

  /** The configs that can be applied without taking back what somebody else changed, and weren't yet. */
  get ready(): ImportEntry[] {
    return (this.found?.entries ?? []).filter(
      (entry) =>
        (entry.outcome === 'create' || entry.outcome === 'change') &&
        this.applied[entry.position] === undefined,
    );
  }

  /** Lets a person choose a file and compares it; a person who chooses none keeps what is shown. */
  async choose(): Promise<void> {
    try {
      const path = await this.#commands.chooseConfigFile();
      if (path === null) return;
      this.#path = path;
    } catch (thrown) {
      this.error = asCommandError(thrown);
      return;
    }
    await this.compare();
  }

  /** Reads the file again and compares it with what the daemon has now. */
  async compare(): Promise<void> {
    if (this.#path === null || this.reading) return;
    this.reading = true;
    this.error = null;
    try {
      this.found = await this.#commands.inspectConfigFile(this.#path);
      this.applied = {};
    } catch (thrown) {
      this.found = null;
      this.error = asCommandError(thrown);
    } finally {
      this.reading = false;
    }
  }

  /**
   * Applies one config over the revision that it was compared with, so that a change of somebody else's is a
   * conflict and stays.
   */
  async apply(entry: ImportEntry): Promise<void> {
    const { existing, fields, position } = entry;
    if (fields === null || this.applied[position]?.kind === 'busy') return;
    this.applied[position] = { kind: 'busy' };
    try {
      await (existing === null
        ? this.#commands.createExportConfig(fields)
        : this.#commands.updateExportConfig(existing.id, existing.revision, fields));
      this.applied[position] = { kind: 'done' };
    } catch (thrown) {
      const error = asCommandError(thrown);
      this.applied[position] =
        error.problem?.type === CHANGED_MEANWHILE ? { kind: 'conflict' } : { kind: 'failed', error };
    }
  }

  /** Applies all that are {@link ready}, in the order of the file; one that is refused doesn't hold up the others. */
  async applyAll(): Promise<void> {
    if (this.applying) return;
    this.applying = true;
    // All of it goes to the daemon that it was compared with: meanwhile no other one is gone to.
    await underWay.during(async () => {
      for (const entry of this.ready) await this.apply(entry);
    });
    this.applying = false;
  }
}
