/** Texts that the daemon or Rust wrote: English whatever the pages speak, and to be marked so for who listens. */
export interface DaemonText {
  english: string;
}

/** A text to show: the console's own, in the language in use, or one that is English. */
export type ShownText = string | DaemonText;

/** Returns the text and, where it isn't in the language of the page, the language for its `lang` attribute. */
export function inLanguage(text: ShownText): { text: string; lang: 'en' | undefined } {
  return typeof text === 'string' ? { text, lang: undefined } : { text: text.english, lang: 'en' };
}
