/** Short notes that something worked. Errors stay where they happened, so none of them is a toast. */
import { errorText } from './error-text';
import { asCommandError } from './failure';
import { t } from './i18n';

export interface Toast {
  id: number;
  text: string;
  /** Takes back what worked; absent where that is no single act. */
  undo?: () => Promise<void>;
}

const SHOWN_FOR_MS = 6_000;
/** There has to be time to read, decide and reach the button. */
const UNDO_FOR_MS = 20_000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 0;

  /** Says that something worked; `undo` takes it back. */
  say(text: string, undo?: () => Promise<void>): void {
    const id = this.#next++;
    this.list.push(undo === undefined ? { id, text } : { id, text, undo });
    setTimeout(() => this.dismiss(id), undo === undefined ? SHOWN_FOR_MS : UNDO_FOR_MS);
  }

  /** Takes back what a note tells of, and says so, or why not. */
  async undo(toast: Toast): Promise<void> {
    this.dismiss(toast.id);
    try {
      await toast.undo?.();
    } catch (thrown) {
      this.say(t.common.notUndone(errorText(asCommandError(thrown)).title));
    }
  }

  /** Offers nothing to take back any more: another daemon is shown, and it would be asked. */
  settle(): void {
    this.list = this.list.filter((toast) => toast.undo === undefined);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
