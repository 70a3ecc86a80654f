/** Which keys do what. Keys without Ctrl work only where nobody types, and can be turned off (WCAG 2.2, 2.1.4). */

import type { ZoomStep } from '$lib/api';

/** What a shortcut does. */
export type ShortcutAction =
  | { kind: 'go'; path: string }
  | { kind: 'palette' }
  | { kind: 'help' }
  | { kind: 'filter' }
  | { kind: 'zoom'; step: ZoomStep };

/** The second key after `g`, and the page it leads to; the help sheet and the palette show the same. */
export const GO_KEYS: Readonly<Record<string, string>> = {
  o: '/',
  c: '/export-configs',
  b: '/batches',
  v: '/viewer',
  f: '/find-a-key',
  k: '/signing-keys',
  d: '/signing-desk',
  p: '/people',
  a: '/audit',
  t: '/storage',
  s: '/settings',
};

/** With Ctrl; where `+` takes the shift key, `=` does as well. */
const ZOOM_KEYS: Readonly<Record<string, ZoomStep>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'reset' };

/** The second key of a pair counts within this many milliseconds. */
const PAIR_WITHIN_MS = 1_200;

/** A key press, as far as shortcuts look at it. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  timeStamp: number;
}

/** Reads key presses one after another. */
export class ShortcutReader {
  #goSince: number | undefined;

  /**
   * Returns what a key press asks for. `typing` says that it went into a text or a dialog, `single` whether keys
   * without Ctrl may act at all.
   */
  read(press: KeyPress, typing: boolean, single: boolean): ShortcutAction | undefined {
    if (press.isComposing || press.altKey) return undefined;
    if (press.ctrlKey || press.metaKey) {
      const step = Object.hasOwn(ZOOM_KEYS, press.key) ? ZOOM_KEYS[press.key] : undefined;
      if (step !== undefined) return { kind: 'zoom', step };
      return press.key.toLowerCase() === 'k' ? { kind: 'palette' } : undefined;
    }
    const goSince = this.#goSince;
    this.#goSince = undefined;
    if (typing || !single) return undefined;
    if (goSince !== undefined && press.timeStamp - goSince <= PAIR_WITHIN_MS) {
      const path = Object.hasOwn(GO_KEYS, press.key) ? GO_KEYS[press.key] : undefined;
      if (path !== undefined) return { kind: 'go', path };
    }
    if (press.key === 'g') this.#goSince = press.timeStamp;
    if (press.key === '?') return { kind: 'help' };
    if (press.key === '/') return { kind: 'filter' };
    return undefined;
  }
}

/** Whether what has the focus takes letters itself, or lies in a dialog that the page must not change under. */
export function takesKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]') !==
      null
  );
}
