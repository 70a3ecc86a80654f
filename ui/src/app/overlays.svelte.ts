/** What lies over the pages by one key: the command palette and the sheet of shortcuts. One at a time. */
class Overlays {
  palette = $state(false);
  help = $state(false);

  openPalette(): void {
    this.help = false;
    this.palette = true;
  }

  openHelp(): void {
    this.palette = false;
    this.help = true;
  }
}

export const overlays = new Overlays();
