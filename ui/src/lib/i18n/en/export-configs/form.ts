/** Texts of the form: its steps, its fields and what can be chosen in them. */
import type { Travelers } from '../../../api';

export const configForm = {
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
    away: 'Shown once the daemon answers.',
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

  values: { none: 'none', noEnd: 'no end', removed: 'no longer there' },
};
