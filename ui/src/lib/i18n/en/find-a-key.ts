/** Texts of the page that finds a key. */
import type { LookupOutcome } from '$lib/api';

export const findAKey = {
  title: 'Find a key',
  lead: 'Why is a key not in a file? Ask here whether it was received, when it may be released, and which file it is in or which rule keeps it out.',
  notYoursTitle: 'Only operators and admins look keys up',
  notYoursText: 'A security officer can give you one of these roles.',

  off: {
    title: 'Off on this daemon',
    why: 'Whoever has somebody’s key could learn here whether that person was reported. So keys can’t be looked up unless the daemon’s own configuration says so.',
    how: 'To turn it on, whoever runs the daemon puts these lines into its configuration file:',
    lines: 'Lines of the daemon’s configuration',
    copy: 'Copy the lines',
    then: 'Then restart tekportd. Each question is written into the audit log, without the key.',
  },

  question: {
    title: 'Question',
    what: 'What do you have?',
    kinds: {
      key: { name: 'A key', help: 'Its 16 bytes, as a phone or a health authority gives them.' },
      receipt: {
        name: 'A time and a region',
        help: 'How many keys of a region came in around then, and which windows and files took them.',
      },
    },
    key: 'Key',
    keyHelp: 'Base64 or hexadecimal. It is sent to the daemon, and kept nowhere.',
    read: {
      hex: 'A whole key, in hexadecimal',
      base64: 'A whole key, in base64',
      short: (bytes: number) => `${bytes} of 16 bytes so far`,
      long: (bytes: number) => `${bytes} bytes are too many: a key has 16`,
      character: (character: string) =>
        `“${character}” stands in no key: base64 and hexadecimal have letters, digits and + / =`,
      broken: 'This is no base64 of 16 bytes: a character is missing, wrong or too many',
    },
    time: 'Received at',
    timeHelp: 'In UTC.',
    timeWrong: 'This is no time. Write it as 2026-11-23 16:00.',
    region: 'Region',
    regionHelp: 'A region that the keys were tagged with, alone or among others.',
    ask: 'Find',
    audited: 'The audit log keeps that you asked, and nothing of the key.',
  },

  answer: {
    noneTitle: 'The daemon doesn’t have this key',
    noneText: 'It isn’t in the database. That has one of these reasons:',
    noneReasons: (days: number) => [
      'It never came in, or is mistyped.',
      'It was refused when it came in; the sender got the reason.',
      `It was deleted: keys are kept for ${days} days after their release.`,
    ],
    firstReport: 'First report',
    revision: (revision: number) => `Change ${revision}`,
    receipt: {
      title: 'What came in',
      count: (keys: string, count: number, region: string, from: string, until: string) =>
        `${keys} ${count === 1 ? 'key' : 'keys'} of ${region} came in from ${from} to ${until} UTC.`,
      none: (region: string, from: string, until: string) =>
        `No key of ${region} came in from ${from} to ${until} UTC, or none is there any more. Below: where one would have gone.`,
      noneReasons: (days: number) => [
        'Whoever sends keys sent none then, or tagged them with another region.',
        'They were refused when they came in; the sender got the reason.',
        `They were deleted: keys are kept for ${days} days after their release.`,
      ],
      notCounted: 'Changes of keys count like first reports; generated keys never come in.',
      over: 'No longer valid when they came in',
      still: 'Still valid when they came in',
      keys: (keys: string, count: number) => (count === 1 ? `${keys} key` : `${keys} keys`),
      noneCame: 'none came in',
      travelers: 'of travelers',
      wouldGo: (window: string) => `One would belong to the window ${window} UTC.`,
    },
    valid: (window: string) => `valid ${window} UTC`,
    waits: (time: string) => `waits until ${time}`,
    noConfigs: 'There is no export config yet, so no key goes anywhere.',
    toBatch: 'To the batch',
    way: (region: string) => `The way to ${region}`,
    asOf: 'As of',
  },

  outcomes: {
    'region-not-taken': 'Region not taken',
    'region-excluded': 'Region excluded',
    traveler: 'Traveler’s key',
    'before-start': 'Before the config’s start',
    ended: 'After the config’s end',
    embargoed: 'May still be valid',
    'window-open': 'In a window to come',
    paused: 'Config is paused',
    waiting: 'Waiting for its batch',
    'held-over': 'Carried over',
    superseded: 'Changed before its release',
    'revoked-before-release': 'Revoked before its release',
    published: 'Published',
    withdrawn: 'Left the index',
    missing: 'Missing',
    'no-file': 'No file',
  } satisfies Record<LookupOutcome, string> as Record<LookupOutcome, string>,

  sentences: {
    embargoed: (window: string) =>
      `Phones may still send it out, so it waits. It goes out with the window ${window} UTC.`,
    embargoedGroup: (window: string) =>
      `Phones may still send them out, so they wait. They go out with the window ${window} UTC.`,
    windowOpen: (window: string, due: string) =>
      `Goes out with the window ${window} UTC, which is exported on ${due} or soon after.`,
    paused: (window: string) =>
      `The window ${window} UTC is due, but the config is paused. It is exported once the config is resumed.`,
    waiting: (window: string) =>
      `The window ${window} UTC is due; the daemon makes its batch at its next turn.`,
    waitingBatch: (window: string, state: string) =>
      `The batch of the window ${window} UTC has not been published. It is at: ${state}.`,
    heldOver: (windows: number, window: string) =>
      `${windows === 1 ? 'The window was' : `${windows} windows were`} too small to be published alone. What is in it is carried to the window ${window} UTC.`,
    published: (files: number) =>
      files === 1 ? 'In this file, which phones fetch.' : `In these ${files} files, which phones fetch.`,
    publishedRevised: 'In this file, which phones fetch, among the keys that were changed.',
    withdrawn: (files: number, time: string) =>
      files === 1
        ? `In this file, which left the index on ${time}.`
        : `In one of these ${files} files, which left the index on ${time}.`,
    plain: {
      'region-not-taken': 'The config takes none of these regions.',
      'region-excluded': 'The config excludes one of these regions.',
      traveler: 'Its owner traveled, and the config takes no travelers’ keys.',
      'before-start': 'It could be released before the config began.',
      ended: 'The config had ended before it could be released.',
      superseded: 'It was changed before it was released. What goes out is the later state.',
      'revoked-before-release': 'It was revoked before it was released, so there is nothing to tell phones.',
      missing:
        'It should be in a file of its batch and is in none. Verify the batch’s files, and look into the daemon’s log.',
      'no-file': 'No key came in that the config would publish in this window, so it has no file.',
    },
  },

  steps: {
    received: 'Received',
    released: 'May be released',
    from: (time: string) => `from ${time}`,
    atOnce: 'at once',
    window: 'Window exported',
    held: (window: string, windows: number) =>
      windows === 1 ? `${window}, carried from 1 before` : `${window}, carried from ${windows} before`,
    file: 'In a file',
    since: (time: string) => `since ${time}`,
  },
};
