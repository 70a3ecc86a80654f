/** Whether single keys act as shortcuts: on, unless the person turned them off here. */
const STORED_AS = 'tekport.single-keys';

class ShortcutSetting {
  on = $state(localStorage.getItem(STORED_AS) !== 'off');

  turn(on: boolean): void {
    this.on = on;
    if (on) localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, 'off');
  }
}

export const singleKeys = new ShortcutSetting();
