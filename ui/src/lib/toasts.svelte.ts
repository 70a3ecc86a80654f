/** Short notes that something worked. Errors stay where they happened, so none of them is a toast. */
export interface Toast {
  id: number;
  text: string;
}

const SHOWN_FOR_MS = 6_000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 0;

  say(text: string): void {
    const id = this.#next++;
    this.list.push({ id, text });
    setTimeout(() => this.dismiss(id), SHOWN_FOR_MS);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
