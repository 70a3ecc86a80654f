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
  'exportConfigs.list.dueIn',
  'exportConfigs.load.androidShort',
  'exportConfigs.load.iosShort',
  'exportConfigs.next.zone',
  'exportConfigs.storage.failedStep',
  'findAKey.question.region',
  'keyLife.recipients.apple',
  'keyLife.recipients.google',
  'keyLife.history.kinds.apple',
  'keyLife.history.kinds.google',
  'keyLife.next.in',
  'keyLife.backup.passphrase',
  'keyLife.custody.token',
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

/** What a text says, with marks for its values: "Copy ⟦a⟧". */
const spoken = (leaf: Leaf): string => (typeof leaf === 'string' ? leaf : String(leaf(...MARKS)));

const marksIn = (text: string) => MARKS.filter((mark) => text.toLowerCase().includes(mark));

const english = leaves(en);
const german = leaves(de);

describe('the German table', () => {
  it('has exactly the texts of the English one', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english.keys()])('translates %s, with all its values', (path) => {
    const [from, to] = [english.get(path) ?? '', german.get(path) ?? ''];
    expect(typeof to).toBe(typeof from);
    const [said, translated] = [spoken(from), spoken(to)];
    expect(translated === '', 'empty in one language only').toBe(said === '');
    if (!listed(VALUES_BY_RULE, path)) expect(marksIn(translated)).toEqual(marksIn(said));
    if (/\p{L}/u.test(said.replaceAll(/⟦.⟧/gu, '')) && !listed(SAME_ON_PURPOSE, path)) {
      expect(translated, 'copied, not translated; or list it as the same on purpose').not.toBe(said);
    }
  });

  it('lists nothing as the same that differs or is gone', () => {
    const stale = SAME_ON_PURPOSE.filter((path) => {
      const [from, to] = [english.get(path), german.get(path)];
      return from === undefined || to === undefined || spoken(from) !== spoken(to);
    });
    expect(stale).toEqual([]);
  });

  it('is written with German quotation marks and without doubled full stops', () => {
    const wrong = [...german].filter(([, leaf]) => {
      const text = spoken(leaf);
      return /["']|“[^„]*”|\.\.(?!\.)/u.test(text) || /\b(du|dein|deine|dich|dir)\b/iu.test(text);
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});
