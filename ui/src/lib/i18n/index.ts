/**
 * Every text of the console. A language is one object of the type `Texts`; English is the only one so far, and a
 * second one goes into `tables` beside it.
 */
import { en } from './en';

export type Texts = typeof en;

const tables = { en } satisfies Record<string, Texts>;

export const t: Texts = tables.en;
