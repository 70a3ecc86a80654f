import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Commands } from '$lib/commands';

/**
 * What can't be undone, by command. Everything else can: a pause is resumed, a key's end is moved until it comes, a
 * config's fields are changed back. Ending a config at once goes through the same dialog (ConfigPage.test.ts). A
 * successor that is replaced is revoked without a word: the daemon makes sure that it never signed and went to nobody.
 */
const IRREVERSIBLE: (keyof Commands)[] = [
  'leaveDaemon',
  'regenerateBatch',
  'regenerateFilesOfKey',
  'revokePerson',
  'revokeSigningKey',
  'unprovisionSigningKey',
];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svelte'))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }));

describe.each(IRREVERSIBLE)('%s', (command) => {
  const callers = sources.filter(({ text }) => text.includes(`commands.${command}(`));

  it('is called from one place', () => {
    expect(callers.map(({ path }) => path)).toHaveLength(1);
  });

  it('is asked for with a word to type', () => {
    const dialog = /<ConfirmDialog\b[\s\S]*?\/?>\n/u.exec(callers[0]?.text ?? '')?.[0] ?? '';
    expect(dialog).toMatch(/\n\s+word=\{/u);
    expect(dialog).not.toContain('danger={false}');
  });
});
