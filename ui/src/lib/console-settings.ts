/** The settings that Rust goes by too: the language of menus and notifications, and which notifications there are. */
import type { ConsoleSettings } from './api';
import { commands } from './commands';
import type { LanguageChoice } from './language.svelte';

/** Saves what changed; the rest stays as it is kept. */
export async function saveConsoleSettings(changes: Partial<ConsoleSettings>): Promise<void> {
  const kept = await commands.settings();
  await commands.saveSettings({ ...kept, ...changes });
}

/** Tells Rust the language that was chosen for the pages, so that menus and notifications speak it too. */
export function saveLanguage(choice: LanguageChoice): Promise<void> {
  return saveConsoleSettings({ language: choice === 'system' ? null : choice });
}
