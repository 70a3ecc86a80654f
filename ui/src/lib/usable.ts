/** Tells Rust once that somebody can work with the first page: it knows when the program was started. */
import { tick } from 'svelte';
import { commands } from './commands';

let told = false;

export async function pageIsThere(): Promise<void> {
  if (told) return;
  told = true;
  await tick();
  // Only a line of the log depends on it.
  await commands.pagesUsable().catch(() => undefined);
}
