/** Why a field is refused or warned of, and what is allowed in it. */
import type { AreaTexts } from '../../message-texts';

export const field: AreaTexts<'field'> = {
  empty: 'It is empty',
  'not-one': ({ text }) => `“${text}” is not allowed`,
  'not-an-id': ({ text }) => `“${text}” is not an id`,
  'not-allowed': ({ count }) => `${count} is not allowed`,
  'input-and-excluded': ({ region }) => `${region} is an input region and excluded as well`,
  'no-target': 'No storage target is chosen',
  'no-prefix': ({ text }) => `“${text}” can’t be a path`,
  'no-period': ({ minutes }) => `${minutes} minutes don’t divide a day, or are too short`,
  'end-before-start': 'The end isn’t after the start',
  'key-twice': 'The key is named twice',
  'no-key': 'No signing key is chosen: nothing could be published',
  'too-many-keys': ({ count }) => `${count} keys are too many`,
  'keys-in-file': ({ count }) => `${count} keys a file are not allowed`,
  'jitter-too-large': '“At least” and “Plus up to” together exceed the keys in a file',
  'unknown-target': ({ name }) => `The daemon has no storage target “${name}”`,
  'unknown-key': 'There is no such signing key',
  'key-revoked': ({ key }) => `${key} was revoked`,
  'key-ended': ({ key }) => `${key} has ended`,
  'key-ends': ({ key, time }) => `${key} ends at ${time}; name its successor, or have that end taken back`,
  'key-left-out': ({ named, newer }) =>
    `${named} is named without ${newer}, which came after it and was sent to Google or Apple: phones that hold ${newer} would find no signature of it in the files of this config`,
  'prefix-taken': ({ prefix }) =>
    `${prefix} belongs to another export config of this storage target, for ever: paths are never reused`,
  'start-too-old': 'The start lies more than 30 days back, where no key is kept any more',
  'start-fixed': 'The start can’t change once a batch was made: its windows begin there',
  'target-fixed': 'The storage target can’t change once a batch was made: phones read the index there',
  'prefix-fixed': 'The path can’t change once a batch was made: phones read the index there',
  'end-before-batches': 'Batches were made for windows after this end',
  'unknown-config': ({ text }) => `“${text}” is no export config`,
  'over-ios': ({ files, ios }) => `${files} files a day are more than a phone imports on iOS (${ios})`,
  'over-both': ({ files, ios, android }) =>
    `${files} files a day are more than a phone imports on iOS (${ios}) or Android (${android})`,
  'split-over-ios': ({ files, ios }) =>
    `The keys of each window need several files, and ${files} files a day are more than a phone imports on iOS (${ios})`,
  'split-over-both': ({ files, ios, android }) =>
    `The keys of each window need several files, and ${files} files a day are more than a phone imports on iOS (${ios}) or Android (${android})`,
  'catch-up': ({ ios }) =>
    `A phone that was off for some days finds more than the ${ios} files it imports in a day`,
  'few-keys': 'A file with very few keys can show who they belong to',
  'near-split': 'Padded batches come near the maximum: a few more keys split a window into several files',
  'cannot-sign-yet':
    'The daemon can’t sign with any of these keys yet: nothing is published until one is handed over',
  'end-passed': 'The end has passed: the config ends',
  'it-is': ({ found }) => `It is ${found}`,
  missing: 'It is missing',
  'no-such-field': 'There is no such field',
  'place-twice': ({ place }) => `An earlier config of this file is the one of ${place}, too`,
  'key-not-there': ({ name }) => `The daemon has no signing key “${name}”`,
  'other-key': ({ name, fingerprint }) =>
    `The daemon’s ${name} is another key: its fingerprint is ${fingerprint}`,
  'no-public-key': 'It is not a P-256 public key in PEM',
  'token-elsewhere': 'A key in a token is registered another way',
  'no-token-id': ({ text }) => `“${text}” is not an id in a token`,
  'no-person-name': 'The name is empty, too long or has control characters',
  'no-role': ({ text }) => `“${text}” is not a role`,
  'role-missing': 'No role is given',
  'ingest-combined': 'Ingest can’t be combined: a key server must not read or change anything',
  'region-alone': 'The region stands without a time',
  'time-alone': 'The time stands without a region',
  'nothing-asked': 'Nothing is asked',
  'key-and-more': 'A key is asked about by itself: without a time and a region',
  'no-encoding': 'It is neither base64 nor hexadecimal',
  'no-tek': 'It isn’t 16 bytes long',
};

export const allowed: AreaTexts<'allowed'> = {
  region: '1 to 20 letters and digits, parts joined by single hyphens: US, MAG, US-WA',
  'key-id': '1 to 64 letters, digits and underscores; by convention the Mobile Country Code: 310',
  'key-version': '1 to 64 letters, digits and underscores: v1',
  'not-input': 'Regions that are not input regions',
  target: 'The name of a storage target of the daemon',
  'no-targets': 'None is configured: add one to the daemon’s configuration',
  'one-of': ({ names }) => names,
  prefix: '1 to 100 characters: lower-case letters, digits, - and _, parts separated by a single /',
  period:
    '5 to 1440 minutes, dividing a day: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720 or 1440, for instance',
  'after-start': 'A time after the start, or none',
  keys: '1 to 10 different signing keys',
  'keys-in-file': '100 to 750,000',
  minimum: '1 to 100,000, and no more than the keys in a file',
  jitter: '0 to 100,000',
  'jitter-left': '0 up to the keys in a file less “At least”',
  'live-key': 'A signing key that is registered and hasn’t ended',
  'newer-key-too': ({ named, newer }) => `${newer} as well, beside or instead of ${named}`,
  'new-prefix': 'A path that no config has had',
  from: ({ time }) => `${time} or later`,
  'from-or-none': ({ time }) => `${time} or later, or none`,
  exactly: ({ value }) => value,
  'config-or-none': 'The config being edited, or none',
  minutes120: '120 minutes or longer',
  'more-records': 'More keys in a file, or a longer period',
  minutes240: '240 minutes or longer',
  'pad-or-hold': 'Pad or hold',
  'over-both': 'Well over “At least” and “Plus up to” together',
  'handed-over': 'A key that was handed over to the daemon',
  'to-come-or-none': 'A time to come, or none',
  'public-key': 'A P-256 public key in PEM (-----BEGIN PUBLIC KEY-----)',
  'daemon-or-console': 'The daemon or a console',
  'key-or-nothing': 'A signing key, or nothing',
  'token-id': 'The id of a key in the token: 2 to 510 hexadecimal digits; nothing to generate one',
  'authority-name': 'The health authority’s name: 1 to 120 characters in one line',
  country: 'Two capital letters (ISO 3166-1): US',
  mcc: 'Three digits: 310',
  'authority-region': 'Capital letters, digits and -, at most 30: US-WA; or empty',
  'android-package': 'Names of letters, digits and _, joined by dots: org.example.en',
  'ios-bundle': 'Names of letters, digits and -, joined by dots: org.example.en',
  'person-name': '1 to 80 characters',
  role: 'viewer, operator, admin, security-officer or ingest',
  'role-at-least': 'At least one role',
  'ingest-alone': 'Ingest alone, or the others without it',
  'key-or-receipt': 'Either a key, or a time and a region',
  tek: '16 bytes: 32 hexadecimal digits, or base64 of 22 characters, with == behind it or not',
};

/** What a value of a file is; it stands behind “It is”. */
export const found: AreaTexts<'found'> = {
  null: 'nothing (null)',
  bool: ({ value }) => value,
  number: ({ value }) => `the number ${value}`,
  text: ({ text }) => `the text ${text}`,
  quoted: ({ text }) => text,
  list: 'a list',
  object: 'an object',
};

/** What a field of a file has to be. */
export const wanted: AreaTexts<'wanted'> = {
  object: 'An object: { … }',
  configs: 'A list of configs',
  'daemon-name': 'The daemon’s name',
  environment: 'production, staging or test',
  'ca-sha256': 'SHA-256 of the daemon’s CA certificate',
  'config-id': 'The config’s id, or none for a new one',
  revision: 'The config’s revision when the file was written, or none',
  region: 'The code of a region: MAG',
  regions: 'Codes of regions: MAG, US-WA',
  'region-list': 'A list with codes of regions: MAG, US-WA',
  travelers: 'include, only-non-travelers or ignore',
  period:
    '5 to 1440 minutes, dividing a day: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720 or 1440, for instance',
  'max-records': 'A whole number, 100 to 750,000',
  time: 'A time in UTC: 2026-11-23T16:00:00Z',
  target: 'The name of a storage target',
  path: 'A path below the storage target: mag',
  'small-batch': 'An object with “policy”, “minimum” and “jitter”, for instance',
  policy: 'pad, hold or release',
  minimum: 'A whole number, 1 to 100,000',
  jitter: 'A whole number, 0 to 100,000',
  'key-list': 'A list with the names of signing keys',
  'key-name': 'A signing key as files name it: 310 v2',
  fingerprint: 'The public key’s fingerprint, or none',
  'each-once': 'Each config once',
  'key-there': 'A key that is registered there',
  'same-key': 'That fingerprint; or none, where the key of that name is meant, whichever it is',
};

/** The fields that a file may have. */
export const fields: AreaTexts<'fields'> = {
  known: ({ names }) => names,
};

/** Why a request is refused. */
export const refused: AreaTexts<'refused'> = {
  field: ({ field, reason }) => `${field}: ${reason}`,
  fields: ({ count }) => `${count} fields are refused; each is listed with what is allowed`,
};
