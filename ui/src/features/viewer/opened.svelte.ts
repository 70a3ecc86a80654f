/** The export file that is looked at: chosen on the page, or dropped on the window while another page was shown. */
class Opened {
  path = $state<string>();
}

export const opened = new Opened();
