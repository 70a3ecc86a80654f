/** The export files that are looked at: chosen on the page, or dropped on the window while another page was shown. */
import type { CommandError, ExportView } from '$lib/api';
import { commands } from '$lib/commands';
import { asCommandError } from '$lib/failure';

/** So many are kept open; the oldest go first. */
const MOST = 16;

/** The code of the refusal of a text that is no public key. */
export const NO_KEY = 'public-key';

/** One file: where it lies, and what was found in it when it was last read. */
export class OpenedFile {
  readonly path: string;
  /** What is in it; absent until it was read, and where that failed. */
  view = $state.raw<ExportView>();
  error = $state.raw<CommandError>();
  busy = $state(false);
  /** Whether it is yet to be read: it was opened, or opened again, since somebody looked. */
  waiting = $state(true);
  #turn = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Its name without the folder. */
  get name(): string {
    return this.view?.name ?? this.path.split(/[/\\]/).at(-1) ?? this.path;
  }

  /** Reads it anew and checks it with `pem` too. Where a later call overtakes this one, that one's answer counts. */
  async look(pem: string): Promise<boolean> {
    const turn = ++this.#turn;
    this.waiting = false;
    this.busy = true;
    this.error = undefined;
    try {
      const view = await commands.viewExport(this.path, pem.trim() === '' ? null : pem);
      if (turn === this.#turn) this.view = view;
      return true;
    } catch (thrown) {
      if (turn === this.#turn) {
        this.error = asCommandError(thrown);
        // What was found before may no longer be what lies there. A key that is none says nothing about the file.
        if (this.error.code !== NO_KEY) this.view = undefined;
      }
      return false;
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }
}

class Opened {
  files = $state.raw<readonly OpenedFile[]>([]);
  /** The one that is shown. */
  current = $state.raw<OpenedFile>();

  /** Opens a file and shows it. One that is open already is read anew: it may be another by now. */
  open(path: string): void {
    let file = this.files.find((one) => one.path === path);
    if (file === undefined) {
      file = new OpenedFile(path);
      this.files = [...this.files, file].slice(-MOST);
    }
    file.waiting = true;
    this.current = file;
  }

  close(file: OpenedFile): void {
    const at = this.files.indexOf(file);
    this.files = this.files.filter((one) => one !== file);
    if (this.current === file) this.current = this.files[Math.min(at, this.files.length - 1)];
  }

  /** Has every file read anew: the keys at hand, and the files, may have changed while another page was shown. */
  readAnew(): void {
    for (const file of this.files) file.waiting = true;
  }
}

export const opened = new Opened();
