/** Texts of export configs that are saved as a file and read from one. */

export const configFiles = {
  file: {
    import: 'Import',
    exportAll: 'Export all',
    exportOne: 'Export',
    saved: (path: string) => `Saved for review: ${path}`,
    notSaved: (why: string) => `Nothing was saved. ${why}`,
  },

  import: {
    title: 'Import',
    chooseTitle: 'Configs from a file',
    chooseDetail:
      'Choose a file that a console saved, or that somebody changed after a review. You see what it would make and change before anything is applied.',
    choose: 'Choose a file',
    another: 'Another file',
    compareAgain: 'Compare again',
    notAllowed: 'You can compare the file, but only an admin can apply it.',
    none: 'The file holds no config',
    noneDetail: 'Choose another one, or export a config first.',
    written: (when: string) => `written ${when}`,
    daemon: (name: string, environment: string) => `${name} (${environment})`,
    sameDaemon: (daemon: string) => `Written from ${daemon}, the daemon that you are looking at.`,
    otherDaemonTitle: 'From another daemon',
    otherDaemon: (from: string, here: string) =>
      `It was written from ${from}, and you are looking at ${here}. Configs are told apart by storage and path prefix, and signing keys by name and fingerprint.`,
    unknownDaemon:
      'The file doesn’t say from which daemon it was written. Configs are told apart by storage and path prefix.',
    outcomes: {
      create: 'New',
      change: 'Change',
      outdated: 'Changed since the file was written',
      unchanged: 'Unchanged',
      refused: 'Refused',
    },
    entry: (position: number, region: string) => `${position}. ${region || 'Config without a region'}`,
    now: (revision: number) => `revision ${revision} at the daemon`,
    changes: (region: string) => `What importing ${region} would do`,
    after: 'After importing',
    unchangedDetail: 'The daemon has it exactly so.',
    outdatedDetail: (file: number, now: number) =>
      `Somebody changed this config after the file was written: it was revision ${file} then and is ${now} now. Importing it takes those changes back, as the table shows. It is not among those that are applied together.`,
    apply: {
      create: 'Create',
      change: 'Apply',
      outdated: 'Apply over the newer version',
      unchanged: '',
      refused: '',
    },
    applyAll: (count: number) => (count === 1 ? 'Apply 1 config' : `Apply ${count} configs`),
    applied: 'Applied',
    conflict: 'Not applied',
    conflictDetail:
      'Somebody changed this config while you were looking at it. Nothing was overwritten. Compare again to see their version.',
    riskyTitle: 'Apply configs of another daemon to production?',
    risky: (name: string) =>
      `The file was not written from ${name}. What is applied here decides what phones of the public get, from the next window on.`,
    riskyConfirm: 'Apply to production',
    problems: { label: 'What is refused', field: 'Field', reason: 'What is wrong', allowed: 'Allowed' },
  },
};
