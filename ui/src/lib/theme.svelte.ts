/** Light or dark, with normal or high contrast: as the operating system says, unless the person chose here. */
export type ThemeChoice = 'system' | 'light' | 'dark';
export type ContrastChoice = 'system' | 'normal' | 'high';
/** What stands on the root element, and in tokens.css. */
export type ShownTheme = 'light' | 'dark' | 'contrast-light' | 'contrast-dark';

const THEME_STORED_AS = 'tekport.theme';
const CONTRAST_STORED_AS = 'tekport.contrast';

function stored<Choice extends string>(key: string, choices: readonly Choice[]): Choice | 'system' {
  const found = localStorage.getItem(key);
  return choices.find((choice) => choice === found) ?? 'system';
}

function store(key: string, choice: string): void {
  if (choice === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, choice);
}

class Theme {
  choice = $state<ThemeChoice>(stored(THEME_STORED_AS, ['light', 'dark']));
  contrast = $state<ContrastChoice>(stored(CONTRAST_STORED_AS, ['normal', 'high']));
  #systemDark = $state(false);
  #systemContrast = $state(false);
  /** The system's own few colours take the place of ours; what keeps its colour has to stand out from them. */
  #systemColours = $state(false);

  /** Follows the operating system and writes the theme to the root element. Call it once, before anything renders. */
  start(): void {
    const follow = (question: string, heard: (yes: boolean) => void) => {
      const query = window.matchMedia(question);
      heard(query.matches);
      query.addEventListener('change', (event) => {
        heard(event.matches);
        this.#write();
      });
    };
    follow('(prefers-color-scheme: dark)', (yes) => (this.#systemDark = yes));
    follow('(prefers-contrast: more)', (yes) => (this.#systemContrast = yes));
    follow('(forced-colors: active)', (yes) => (this.#systemColours = yes));
    this.#write();
  }

  get shown(): ShownTheme {
    const dark = this.choice === 'system' ? this.#systemDark : this.choice === 'dark';
    const system = this.#systemContrast || this.#systemColours;
    const high = this.contrast === 'system' ? system : this.contrast === 'high';
    if (high) return dark ? 'contrast-dark' : 'contrast-light';
    return dark ? 'dark' : 'light';
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    store(THEME_STORED_AS, choice);
    this.#write();
  }

  chooseContrast(contrast: ContrastChoice): void {
    this.contrast = contrast;
    store(CONTRAST_STORED_AS, contrast);
    this.#write();
  }

  #write(): void {
    document.documentElement.dataset.theme = this.shown;
  }
}

export const theme = new Theme();
