/**
 * Every text of the console, one table a language. English says which texts there are; the type `Texts` makes every
 * other table hold exactly those, and tables.test.ts finds what types can't: a text that was copied and not
 * translated, and a value that a sentence forgot.
 *
 * `t` is the table of the language in use. It is read when a page is set up, not watched: choosing another language
 * builds the pages anew (App.svelte). So nothing outside a function or a component keeps a text; the linter says so.
 */
import { en } from './en';

export type Texts = typeof en;

/** A language that the console speaks, as in `lang` attributes (BCP 47). */
export type LanguageTag = 'en' | 'de';

/** How each table is had: English is there from the start, another one is fetched by who speaks it. */
const tables: Record<LanguageTag, () => Texts | Promise<Texts>> = {
  en: () => en,
  de: async () => (await import('./de')).de,
};

export const LANGUAGES = Object.keys(tables) as LanguageTag[];

/** The English texts, for what is said in English whatever the language in use. */
export const english: Texts = en;

export let t: Texts = en;

/** Puts the texts of a language in place; whatever is on the screen already keeps its own. */
export async function speak(language: LanguageTag): Promise<void> {
  t = await tables[language]();
}
