/** The console's language: the operating system's where there is a table for it, unless the person chose one here. */
import { LANGUAGES, speak, type LanguageTag } from './i18n';

export type LanguageChoice = 'system' | LanguageTag;

const STORED_AS = 'tekport.language';
const FALLBACK: LanguageTag = 'en';

function isTag(text: string | null): text is LanguageTag {
  return LANGUAGES.some((language) => language === text);
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

function shownFor(choice: LanguageChoice): LanguageTag {
  return choice === 'system' ? firstSpoken(navigator.languages) : choice;
}

class Language {
  choice = $state<LanguageChoice>(storedChoice());

  /** Puts the texts in place. Wait for it once, before anything renders. */
  async start(): Promise<void> {
    await this.#speak(this.choice);
  }

  /** The language on the screen: whoever shows texts is built anew when it changes. */
  get shown(): LanguageTag {
    return shownFor(this.choice);
  }

  /** Changes the language once its texts are there. */
  async choose(choice: LanguageChoice): Promise<void> {
    await this.#speak(choice);
    if (choice === 'system') localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, choice);
    this.choice = choice;
  }

  async #speak(choice: LanguageChoice): Promise<void> {
    await speak(shownFor(choice));
    document.documentElement.lang = shownFor(choice);
  }
}

export const language = new Language();
