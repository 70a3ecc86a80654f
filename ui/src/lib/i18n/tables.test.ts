import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';

/**
 * Texts that read the same in both languages. Anything else that is the same was copied and forgotten. A path with
 * `*` stands for everything below.
 */
const SAME_ON_PURPOSE = [
  'audit.export.csv',
  'audit.export.json',
  'audit.fields.apple',
  'audit.fields.google',
  'audit.kinds.person',
  'batches.timeline.one',
  'batches.timeline.several',
  'batches.timeline.zone',
  'batches.table.open',
  'batches.detail.crumb',
  'batches.files.sha256',
  'common.utc',
  'exportConfigs.list.columns.region',
  'exportConfigs.list.dueAt',
  'exportConfigs.list.dueIn',
  'exportConfigs.load.androidShort',
  'exportConfigs.load.iosShort',
  'exportConfigs.next.zone',
  'findAKey.question.region',
  'keyLife.authority.mccOf',
  'keyLife.recipients.apple',
  'keyLife.recipients.google',
  'keyLife.history.kinds.apple',
  'keyLife.history.kinds.google',
  'keyLife.next.in',
  'keyLife.backup.passphrase',
  'keyLife.custody.token',
  'messages.desk.digest',
  'messages.step.version',
  'overview.daemon',
  'people.columns.name',
  'people.certificates.fingerprint',
  'people.fields.name',
  'people.person',
  'settings.daemon',
  'settings.languages.de',
  'settings.languages.en',
  'shell.environment.test',
  'rotation.notes.between',
  'rotation.notes.confirmed',
  'rotation.notes.ended',
  'rotation.notes.generated',
  'signingKeys.columns.apple',
  'signingKeys.columns.google',
  'shell.shortcuts.esc',
  'signingKeys.generateDialog.version',
  'signingKeys.name',
  'storage.kinds.azure',
  'storage.kinds.gcs',
  'signingDesk.facts.region',
  'storage.kinds.s3',
  'viewer.region',
];

/** Texts of messages get their values by name instead of in a row. */
const BY_NAME = ['messages.*'];

/** Texts that put their values together by rule, tested in format.test.ts, or that leave one out where it is plain. */
const VALUES_BY_RULE = ['format.*'];

type Leaf = string | ((...values: unknown[]) => unknown);

/** Every text of a table by its path, `batches.filter.config`. */
function leaves(table: object, prefix = ''): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  for (const [name, value] of Object.entries(table) as [string, Leaf | object][]) {
    const path = `${prefix}${name}`;
    if (typeof value === 'string' || typeof value === 'function') found.set(path, value as Leaf);
    else for (const [below, leaf] of leaves(value, `${path}.`)) found.set(below, leaf);
  }
  return found;
}

const listed = (list: readonly string[], path: string) =>
  list.some((one) => (one.endsWith('*') ? path.startsWith(one.slice(0, -1)) : one === path));

const MARKS = ['⟦a⟧', '⟦b⟧', '⟦c⟧', '⟦d⟧', '⟦e⟧'];

/** Any value by its name: "⟦count⟧". */
const NAMED_MARKS = new Proxy({}, { get: (_, name) => `⟦${String(name)}⟧` });

/** What a text says, with marks for its values: "Copy ⟦a⟧". */
function spoken(path: string, leaf: Leaf): string {
  if (typeof leaf === 'string') return leaf;
  return String(listed(BY_NAME, path) ? leaf(NAMED_MARKS) : leaf(...MARKS));
}

const marksIn = (text: string) => [...new Set(text.toLowerCase().match(/⟦\w+⟧/gu))].sort();

const english = leaves(en);
const german = leaves(de);

describe('the German table', () => {
  it('has exactly the texts of the English one', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english.keys()])('translates %s, with all its values', (path) => {
    const [from, to] = [english.get(path) ?? '', german.get(path) ?? ''];
    expect(typeof to).toBe(typeof from);
    const [said, translated] = [spoken(path, from), spoken(path, to)];
    expect(translated === '', 'empty in one language only').toBe(said === '');
    if (!listed(VALUES_BY_RULE, path)) expect(marksIn(translated)).toEqual(marksIn(said));
    if (/\p{L}/u.test(said.replaceAll(/⟦\w+⟧/gu, '')) && !listed(SAME_ON_PURPOSE, path)) {
      expect(translated, 'copied, not translated; or list it as the same on purpose').not.toBe(said);
    }
  });

  it('lists nothing as the same that differs or is gone', () => {
    const stale = SAME_ON_PURPOSE.filter((path) => {
      const [from, to] = [english.get(path), german.get(path)];
      return from === undefined || to === undefined || spoken(path, from) !== spoken(path, to);
    });
    expect(stale).toEqual([]);
  });

  it('is written with German quotation marks and without doubled full stops', () => {
    const wrong = [...german].filter(([path, leaf]) => {
      const text = spoken(path, leaf);
      return /["']|“[^„]*”|\.\.(?!\.)/u.test(text) || /\b(du|dein|deine|dich|dir)\b/iu.test(text);
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});
