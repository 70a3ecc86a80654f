/** Light or dark: as the operating system says, unless the person chose one here. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const STORED_AS = 'tekport.theme';

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED_AS);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

class Theme {
  choice = $state<ThemeChoice>(storedChoice());
  #systemDark = $state(false);

  /** Follows the operating system and writes the theme to the root element. Call it once, before anything renders. */
  start(): void {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#write();
    });
    this.#write();
  }

  get shown(): 'light' | 'dark' {
    if (this.choice !== 'system') return this.choice;
    return this.#systemDark ? 'dark' : 'light';
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === 'system') localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, choice);
    this.#write();
  }

  #write(): void {
    document.documentElement.dataset.theme = this.shown;
  }
}

export const theme = new Theme();
