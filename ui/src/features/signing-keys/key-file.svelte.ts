/** A file that holds a private key: chosen, opened with its passphrase where it has one, and looked into. */
import { Action } from '$lib/action.svelte';
import type { KeyFileSummary } from '$lib/api';
import { commands } from '$lib/commands';

export class KeyFile {
  path = $state<string>();
  passphrase = $state('');
  summary = $state.raw<KeyFileSummary>();

  readonly choose = new Action(async () => {
    const path = await commands.chooseKeyFile();
    if (path === null) return;
    this.forget();
    this.path = path;
    await this.open.run();
  });

  readonly open = new Action(async () => {
    const { path } = this;
    if (path === undefined) return;
    const summary = await commands.inspectKeyFile(path, this.secret);
    // Closing the dialog, or choosing another file, meanwhile forgets this one.
    if (this.path === path) this.summary = summary;
  });

  /** The passphrase as the commands take it. */
  get secret(): string | null {
    return this.passphrase === '' ? null : this.passphrase;
  }

  /** Whether its public half is known: an encrypted file is closed until its passphrase fits. */
  get opened(): boolean {
    return this.summary?.fingerprint != null;
  }

  /** Forgets everything; the passphrase must not outlive the dialog. */
  forget(): void {
    this.path = undefined;
    this.passphrase = '';
    this.summary = undefined;
    this.choose.clear();
    this.open.clear();
  }
}
