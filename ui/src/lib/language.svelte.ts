/** The console's language: the operating system's where there is a table for it, unless the person chose one here. */
import { speak, tables, type LanguageTag } from './i18n';

export type LanguageChoice = 'system' | LanguageTag;

const STORED_AS = 'tekport.language';
const FALLBACK: LanguageTag = 'en';

function isTag(text: string | null): text is LanguageTag {
  return text !== null && Object.hasOwn(tables, text);
}

/** Returns the first of the wanted languages (`de-AT`, most wanted first) that has a table; English where none has. */
export function firstSpoken(wanted: readonly string[]): LanguageTag {
  const primary = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return primary.find(isTag) ?? FALLBACK;
}

function storedChoice(): LanguageChoice {
  const stored = localStorage.getItem(STORED_AS);
  return isTag(stored) ? stored : 'system';
}

class Language {
  choice = $state<LanguageChoice>(storedChoice());

  /** Puts the texts in place. Call it once, before anything renders. */
  start(): void {
    this.#apply();
  }

  /** The language on the screen: whoever shows texts is built anew when it changes. */
  get shown(): LanguageTag {
    return this.choice === 'system' ? firstSpoken(navigator.languages) : this.choice;
  }

  choose(choice: LanguageChoice): void {
    if (choice === 'system') localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, choice);
    this.choice = choice;
    this.#apply();
  }

  #apply(): void {
    speak(this.shown);
    document.documentElement.lang = this.shown;
  }
}

export const language = new Language();
