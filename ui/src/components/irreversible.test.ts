import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Commands } from '$lib/commands';

/**
 * What can't be undone, by command. Everything else can: a pause is resumed, a key's end is moved until it comes, a
 * config's fields are changed back. Ending a config at once goes through the same dialog (ConfigPage.ending.test.ts), and so do
 * taking another log as the right one (AuditPage.test.ts) and giving up one's own role (PeoplePage.test.ts); a successor
 * that is replaced is revoked once its name was typed (GenerateStep.test.ts). A batch that is as it was approved is
 * signed at once, since its page is what asks; one that differs isn't.
 */
const IRREVERSIBLE: (keyof Commands)[] = [
  'acceptSealingKey',
  'leaveDaemon',
  'regenerateBatch',
  'regenerateFilesOfKey',
  'revokePerson',
  'revokeSigningKey',
  'signBatch',
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
