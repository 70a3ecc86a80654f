// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { navigation } from './navigation';
import { GO_KEYS, ShortcutReader, takesKeys, type KeyPress } from './shortcuts';

const press = (key: string, timeStamp = 0, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  timeStamp,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...over,
});

describe('ShortcutReader', () => {
  it('reads a pair of keys, close to each other', () => {
    const reader = new ShortcutReader();
    expect(reader.read(press('g', 0), false, true)).toBeUndefined();
    expect(reader.read(press('c', 800), false, true)).toEqual({ kind: 'go', path: '/export-configs' });
    expect(reader.read(press('c', 900), false, true)).toBeUndefined();
    reader.read(press('g', 1_000), false, true);
    expect(reader.read(press('c', 9_000), false, true)).toBeUndefined();
  });

  it('knows no page by a name that every object has', () => {
    const reader = new ShortcutReader();
    reader.read(press('g', 0), false, true);
    expect(reader.read(press('toString', 1), false, true)).toBeUndefined();
  });

  it('leaves letters to whoever types, and single keys alone where they are off', () => {
    const reader = new ShortcutReader();
    for (const [typing, single] of [
      [true, true],
      [false, false],
    ] as const) {
      reader.read(press('g', 0), typing, single);
      expect(reader.read(press('c', 1), typing, single)).toBeUndefined();
      expect(reader.read(press('?'), typing, single)).toBeUndefined();
      expect(reader.read(press('/'), typing, single)).toBeUndefined();
      expect(reader.read(press('k', 0, { ctrlKey: true }), typing, single)).toEqual({ kind: 'palette' });
    }
  });

  it('makes the pages larger and smaller, also with the plus that takes the shift key', () => {
    const reader = new ShortcutReader();
    const zoom = (key: string) => reader.read(press(key, 0, { ctrlKey: true }), true, false);
    expect([zoom('+'), zoom('='), zoom('-'), zoom('0')]).toEqual(
      ['in', 'in', 'out', 'reset'].map((step) => ({ kind: 'zoom', step })),
    );
  });

  it('leaves every other combination to the system', () => {
    const reader = new ShortcutReader();
    expect(reader.read(press('g', 0, { ctrlKey: true }), false, true)).toBeUndefined();
    expect(reader.read(press('?', 0, { altKey: true }), false, true)).toBeUndefined();
    expect(reader.read(press('k', 0, { ctrlKey: true, isComposing: true }), false, true)).toBeUndefined();
  });
});

describe('the keys after g', () => {
  it('lead to every page of the sidebar, each by one key', () => {
    const pages = navigation().flatMap((group) => group.entries.map((entry) => entry.path));
    expect([...new Set(Object.values(GO_KEYS))].sort()).toEqual([...pages].sort());
  });
});

describe('takesKeys', () => {
  it('is true in texts, lists and dialogs only', () => {
    document.body.innerHTML =
      '<input><select></select><div role="dialog"><button></button></div><main><a href="#/"></a></main>';
    const all = [...document.querySelectorAll('input, select, button, a')];
    expect(all.map((one) => takesKeys(one))).toEqual([true, true, true, false]);
    expect(takesKeys(null)).toBe(false);
  });
});
