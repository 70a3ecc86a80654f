/** Texts of the export configs' pages. */
import type { Travelers } from '../../api';

export const exportConfigs = {
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

  form: {
    what: 'What goes in',
    when: 'When',
    storage: 'Where it goes',
    signing: 'Who signs',
    label: 'Export config',
    review: 'Review',
    checking: 'Checking …',
    fix: (count: number) => (count === 1 ? 'One field needs a change.' : `${count} fields need a change.`),
    cantCheck: 'The daemon can’t check the form now',
    cantCheckDetail:
      'Keep typing; nothing is lost. It is checked again with your next change, and before it is saved.',
    elsewhere: 'Refused by the daemon',
    unreadable: {
      number: { reason: 'this is not a whole number', allowed: 'digits, for instance 1000 or 1,000' },
      time: {
        reason: 'this is not a time',
        allowed: 'year-month-day hour:minute in UTC, for instance 2026-11-23 16:00',
      },
    },
    notAllowed: 'You can look at this config, but only an admin can change it.',
  },

  fields: {
    outputRegion: {
      label: 'Output region',
      hint: 'Written into each file. Letters, digits and hyphen, stored in capitals.',
    },
    inputRegions: {
      label: 'Input regions',
      hint: 'Keys tagged with one of these go in. Empty means the output region alone.',
    },
    excludedRegions: {
      label: 'Excluded regions',
      hint: 'Keys that carry one of these stay out, whatever else they carry.',
    },
    travelers: { label: 'Travelers', hint: '' },
    periodMinutes: {
      label: 'Period',
      hint: 'Divides a day. Phones take 15 files a day on iOS and 20 on Android.',
    },
    smallBatch: { label: 'Small batches', hint: '' },
    minimum: { label: 'At least', hint: '' },
    jitter: { label: 'Plus up to', hint: '' },
    storageTarget: { label: 'Storage', hint: 'Targets are named in the daemon’s own configuration.' },
    pathPrefix: {
      label: 'Path prefix',
      hint: 'Below the target. Lower-case letters, digits, - and _, parts separated by /. Never used by another config.',
    },
    signingKeyIds: {
      label: 'Signing keys',
      hint: 'One to ten; every file carries a signature of each, newest first.',
    },
    validFrom: {
      label: 'Valid from',
      hint: 'The first instant covered; the first window begins here exactly.',
    },
    validThrough: {
      label: 'Valid through',
      hint: 'The first instant no longer covered. Empty means no end.',
    },
    maxRecordsPerFile: {
      label: 'Most keys in a file',
      hint: 'A larger window becomes several files. At most 750,000.',
    },
  },

  regions: {
    outputAlone: (region: string) => `${region || 'the output region'} alone`,
  },

  travelers: {
    ignore: 'No difference: keys of the input regions, travelers or not',
    include: 'Include: and travelers’ keys of any region',
    'only-non-travelers': 'Leave out: input regions without travelers',
  } satisfies Record<Travelers, string>,
  travelersShort: {
    ignore: 'No difference',
    include: 'Include travelers of any region',
    'only-non-travelers': 'Leave travelers out',
  } satisfies Record<Travelers, string>,

  policies: {
    pad: 'Pad with generated keys',
    hold: 'Hold until the next window',
    release: 'Release as it is',
  },
  policyHints: {
    pad: 'A window with fewer keys is filled up, so that nobody can be made out. Generated keys look like real ones and match no phone.',
    hold: 'A window with fewer keys makes no file; its keys go out with the next window.',
    release: 'Even a single key goes out alone. In a small region that can point at a person.',
  },
  policyUnit: 'keys',
  policyUnitMore: 'more, at random',
  policyValue: {
    pad: (minimum: string, jitter: string) => `Pad to ${minimum} + up to ${jitter}`,
    hold: (minimum: string) => `Hold under ${minimum} keys`,
    release: 'Release as it is',
  },

  storage: {
    locked: 'Fixed: batches were made, and phones read the index there.',
    choose: 'Choose a target',
    none: 'The daemon has no storage target. An operator adds one to its configuration and reloads it.',
    test: 'Test write',
    testing: 'Testing …',
    passed: 'Test write passed',
    failed: 'Test write failed',
    missing: (name: string) => `${name} (no longer configured)`,
  },

  keys: {
    none: 'There is no signing key yet. Phones take only signed files.',
    generate: 'Generate a signing key',
    states: {
      generated: 'Doesn’t sign yet',
      introduced: 'Signs; not confirmed by Google and Apple yet',
      active: 'Signs',
      retiring: 'Signs until its end',
      retired: 'Retired: doesn’t sign any more',
      revoked: 'Revoked: never signs again',
    },
    created: (day: string) => `made ${day}`,
    gone: 'No longer there',
  },

  times: {
    lockedStart: 'Fixed: batches were made, and another start would skip keys or release them twice.',
  },

  next: {
    title: 'Next 24 hours',
    zone: 'UTC',
    first: (start: string, end: string, due: string, age: string) =>
      `First window ${start} to ${end} UTC, published soon after ${due}: a window closes ${age} after its end.`,
    windows: 'Windows',
    files: 'Files out',
    asList: (count: number) => (count === 1 ? 'The window in words' : `All ${count} windows as a list`),
    listLabel: 'Windows of the next 24 hours',
    windowHeading: 'Window (UTC)',
    dueHeading: 'Files come out soon after',
    starts: (day: string) => `The first window begins on ${day}.`,
    none: 'No window lies ahead.',
    waiting: 'Shown once the schedule is fine.',
    chart: (count: number) =>
      count === 1 ? '1 window in the next 24 hours' : `${count} windows in the next 24 hours`,
    window: (window: string, due: string) => `${window} UTC, due ${due}`,
  },

  load: {
    title: 'What phones take',
    source: 'while no window is split',
    sourceKeys: (days: number) =>
      days === 1 ? 'by the keys of the last day' : `by the keys of the last ${days} days`,
    split: (files: number) =>
      `The keys of a window need about ${files} files. A larger maximum of records in a file makes fewer of them.`,
    filesADay: 'Files a day',
    ios: 'iOS takes at most',
    android: 'Android takes at most',
    bar: (files: number, ios: number, android: number) =>
      `${files} files a day; iOS takes ${ios} at most, Android ${android}`,
    iosShort: 'iOS',
    androidShort: 'Android',
    perDay: (count: number) => `${count} a day`,
    fits: 'Fits both',
    'over-ios': 'Too many for iOS',
    'over-both': 'Too many for both',
    fitsDetail: 'Every phone can take a day’s files on the day.',
    'over-iosDetail': (limit: number) =>
      `iPhones take ${limit} files in 24 hours and fall behind each day: people are warned late or never.`,
    'over-bothDetail': (ios: number, android: number) =>
      `iPhones take ${ios} files in 24 hours and Android phones ${android}; all fall behind each day.`,
    longer: 'Choose a longer period.',
    short: 'Under 4 hours',
    shortDetail:
      'With a period under 4 hours, one split window or one day off can be more than a phone takes in a day, and it has to catch up later.',
    warnings: 'Worth a second look',
  },

  traffic: {
    title: 'Size and traffic',
    source: (days: number) => (days === 1 ? 'from the last day' : `from the last ${days} days`),
    waiting: 'Shown once the regions and the schedule are fine.',
    noKeys: 'No key has come in during the last 14 days, so there is nothing to estimate from yet.',
    noKeysHere: (days: number) =>
      days === 1
        ? 'No key of these regions has come in since yesterday, so there is nothing to estimate from yet.'
        : `No key of these regions has come in during the last ${days} days, so there is nothing to estimate from yet.`,
    keys: 'Keys a day',
    generated: 'Generated keys a day',
    size: 'All files of a day',
    fileSize: 'One file',
    egress: 'Downloads a month',
    unknown: 'not known',
    phones: 'Assumed number of phones',
    phonesHint: (standard: string) =>
      `Phones that download these files. ${standard} unless you say otherwise; kept on this computer.`,
    phonesWrong: 'Write a whole number from 1 to 10,000,000,000.',
    how: 'Reckoned as: all files of a day × phones × 30 days. Each phone downloads each file once; the small index and repeated downloads are not in it.',
  },

  steps: {
    label: 'Steps to a new config',
    names: {
      content: 'Region and keys',
      schedule: 'Schedule',
      storage: 'Storage',
      signing: 'Signing',
      review: 'Review',
    },
    at: (step: number, all: number, name: string) => `Step ${step} of ${all}: ${name}`,
    back: 'Back',
    next: (name: string) => `Next: ${name}`,
    checkAgain: 'Check again',
  },

  unfinished: {
    title: 'Taken up again',
    detail: 'You had begun this config and left it. Nothing of it was saved at the daemon.',
    edit: 'You had changed this config and left it. Nothing of that was saved at the daemon.',
    startOver: 'Start over',
  },

  clone: {
    action: 'Clone',
    title: (region: string) => `Clone of ${region}`,
    note: (region: string) =>
      `Everything is as in ${region}, which stays as it is, but for what two configs can’t share:`,
    leftOut: {
      region: 'The output region is empty: write the one that the copy is for.',
      prefix:
        'The path prefix is empty: a prefix belongs to one config for ever. One is suggested with the region.',
      start: 'It begins with the window that runs now: windows that have passed aren’t made again.',
      end: 'It has no end: the other one’s isn’t taken over.',
      keys: 'Signing keys that never sign again are left out.',
    },
  },

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

  review: {
    newTitle: (region: string) => `Review ${region || 'the config'} before it is made`,
    editTitle: (region: string) => `Review the changes to ${region}`,
    label: 'What would be saved',
    field: 'Field',
    value: 'Value',
    before: 'Now',
    after: 'After saving',
    noChanges: 'Nothing was changed, so there is nothing to save.',
    consequenceNew:
      'From then on the daemon exports its windows by itself. Until the first batch everything can still be changed.',
    consequenceEdit: 'It takes effect with the next window. Files that are out stay as they are.',
    consequencePrefix:
      'New files go to another prefix. Phones read one index: if they aren’t told of the new one, they get nothing new.',
    consequenceRegion:
      'The region is written into each file. Phones that expect the old one may refuse the new files.',
    consequenceKeys:
      'Files are signed by the new set of keys. A phone takes a file only when it knows one of them.',
    back: 'Back to the form',
    saveNew: 'Create config',
    saveEdit: 'Save changes',
    created: (region: string) => `${region} was created.`,
    saved: (region: string) => `${region} was saved.`,
  },

  conflict: {
    title: 'Somebody else saved this config meanwhile',
    detail: (when: string) =>
      `Nothing of yours was saved. Their version is from ${when}. See what differs, then choose.`,
    label: 'Their version beside yours',
    field: 'Field',
    before: 'When you began',
    theirs: 'Theirs, saved',
    yours: 'Yours, not saved',
    both: 'both changed this',
    same: 'Their version and yours have the same values. Take theirs, and you are done.',
    take: 'Take theirs, drop my changes',
    carry: 'Keep mine on top of theirs',
    carryDetail:
      'Keeps what only they changed, and puts your changes on top; you see the result in a review before it is saved.',
  },

  values: { none: 'none', noEnd: 'no end', removed: 'no longer there' },
};
