/** The settings that Rust goes by too: the language of menus and notifications, and which notifications there are. */
import type { ConsoleSettings } from './api';
import { commands } from './commands';
import type { LanguageTag } from './i18n';
import type { LanguageChoice } from './language.svelte';

/** Saves what changed; the rest stays as it is kept. */
export async function saveConsoleSettings(changes: Partial<ConsoleSettings>): Promise<void> {
  const kept = await commands.settings();
  await commands.saveSettings({ ...kept, ...changes });
}

/** Tells Rust the language that the pages speak, so that menus, tray and notifications speak it too. */
export async function tellLanguage(shown: LanguageTag): Promise<void> {
  await commands.pagesSpeak(shown);
}

/** Has Rust speak the language that was chosen for the pages, from now on and after the next start. */
export async function saveLanguage(choice: LanguageChoice, shown: LanguageTag): Promise<void> {
  await tellLanguage(shown);
  await saveConsoleSettings({ language: choice === 'system' ? null : choice });
}
