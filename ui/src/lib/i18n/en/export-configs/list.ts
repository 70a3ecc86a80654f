/** Texts of the list of export configs, and of what is done from there. */

export const configList = {
  title: 'Export configs',
  newTitle: 'New',
  newConfig: 'New config',
  editTitle: (region: string) => `Edit ${region}`,
  cancel: 'Cancel',

  list: {
    label: 'Export configs',
    columns: {
      region: 'Region',
      inputs: 'Inputs',
      period: 'Period',
      next: 'Next window',
      state: 'State',
      storage: 'Storage',
      keys: 'Signing keys',
      actions: 'Actions',
    },
    search: 'Find by region, storage or prefix',
    stateFilter: 'State',
    allStates: 'All states',
    noMatch: 'No config matches',
    noMatchDetail: 'Change the search or the state above the table.',
    clear: 'Show all',
    shown: (shown: number, all: number) => `${shown} of ${all} shown`,
    excluding: (regions: string) => `without ${regions}`,
    dueIn: (wait: string) => `in ${wait}`,
    dueNow: 'due now',
    dueAt: (clock: string, here: string) => `${clock} UTC, ${here}`,
    noNext: 'none',
  },

  empty: {
    title: 'No export config yet',
    needsKey:
      'A config says what is exported, when, and signed by whom. Phones take only signed files, so generate a signing key first, then come back for the config.',
    ready:
      'A config says what is exported, when, and signed by whom. You have a signing key: the config is the next step.',
    toKeys: 'Generate a signing key',
    create: 'Create the first config',
    notAllowed: 'Only an admin can create a config.',
  },

  states: { active: 'Active', paused: 'Paused', scheduled: 'Scheduled', ended: 'Ended' },
  begins: (day: string) => `Begins ${day}`,
  ends: (day: string) => `Ends ${day}`,
  ended: (day: string) => `Ended ${day}`,

  actions: {
    pause: 'Pause',
    resume: 'Resume',
    run: 'Run now',
    end: 'End …',
    paused: (region: string) =>
      `${region} is paused. Its windows wait and are caught up in order once it is resumed.`,
    resumed: (region: string) => `${region} is resumed. Windows that waited are exported now, oldest first.`,
    started: (region: string) => `${region}: closed windows are exported now.`,
  },

  pauseDialog: {
    title: (region: string) => `Pause ${region}?`,
    body: 'No file comes out until it is resumed: phones see no new keys of this region and can warn nobody. Nothing is lost: the windows wait and are caught up in order.',
    confirm: 'Pause',
  },

  endDialog: {
    title: (region: string) => `End ${region}`,
    meaning:
      'Keys that come in after the end are in none of its files, so phones are no longer warned by them. Files that are out stay in the index until their retention passes. A config that has ended keeps its prefix for ever and its batches stay listed.',
    when: 'When',
    later: 'At a time to come',
    now: 'Now',
    at: 'End (UTC)',
    atHint: 'For instance 2026-12-31 00:00. Keys before that moment still go out.',
    nowMeaning: 'The window that runs now is cut here, and exported once it has closed.',
    confirmLater: 'Set the end',
    confirmNow: 'End now',
    done: (region: string, at: string) => `${region} ends ${at}.`,
    newer: (at: string) =>
      `Somebody else saved this config ${at}. What stands there now stays; only the end is set. Press again to go on.`,
    newerFields: (fields: string) => `Changed by them: ${fields}.`,
    refused: {
      unreadable: 'Write a time like 2026-12-31 00:00.',
      past: 'This time has passed. Choose one to come, or end it now.',
      'before-windows':
        'Batches exist up to a later time, and what is out can’t be taken back. Choose a time after them.',
      'not-begun': 'It has not begun. Choose an end after its start.',
    },
  },
};
