/** Why a batch failed, why nothing could be signed or stored, and how the token is. A quoted cause stands behind it. */
import type { AreaTexts } from '../../message-texts';

const REPORT = 'Nothing was published. Please report this';
const PLACE = 'Check that the place exists, has room and that the daemon may write there';
const TOKEN_THERE = 'Check that it is in its place and that its software runs';

export const batch: AreaTexts<'batch'> = {
  database: 'The database failed. See the daemon’s log, and check the disk with “tekportd doctor”',
  header: 'The file’s header can’t be made. Check the config’s signing keys',
  make: 'The file can’t be made. Where it is too large, fewer keys in a file help',
  'read-back': ({ path }) =>
    `${path} was put in storage, and something else was read back. Check that nothing else writes there, then retry`,
  unreadable: ({ path, problem }) => `${path} was made and phones would refuse it: ${problem}. ${REPORT}`,
  rule: ({ path, rule, finding }) =>
    `${path} was made and breaks the device rule ${rule}: ${finding}. ${REPORT}`,
  signature: ({ path, signer }) =>
    `${path}: the signature of ${signer} doesn’t verify with the registered public key. Hand the key over again`,
  sums: ({ found, accounted }) =>
    `The sums don’t agree: ${found} keys were found in the window and ${accounted} are accounted for. ${REPORT}`,
  'keys-changed':
    'The config’s signing keys changed while the files were made. They are made anew with those of now',
  'lease-lost': 'The lease ran out and another daemon took the batch over',
  unfinished: 'The daemon stopped before this attempt ended',
  stopped: 'The daemon stopped while it made the file. The batch is tried again',
};

export const storage: AreaTexts<'storage'> = {
  unknown: ({ target }) =>
    `There is no storage target “${target}”. Add it to the daemon’s configuration and restart it`,
  'not-built-in': ({ target, kind, feature }) =>
    `${target}: this tekportd was built without ${kind}. Use one built with the feature “${feature}”`,
  configuration: ({ target }) =>
    `${target} can’t be opened. Correct its section of the daemon’s configuration`,
  writing: ({ target, path }) => `${target}: writing ${path} failed. ${PLACE}`,
  reading: ({ target, path }) => `${target}: reading ${path} failed. ${PLACE}`,
  deleting: ({ target, path }) => `${target}: deleting ${path} failed. ${PLACE}`,
  'other-read':
    'What was read isn’t what was written. Another program may write there, or a cache stands between',
};

export const sign: AreaTexts<'sign'> = {
  'no-live-key': ({ keys }) =>
    `No live signing key, so nothing was published: ${keys}. Hand a key over from the console, or give the config another one`,
  sealed: ({ key }) =>
    `The signing key ${key} can’t be opened. Check that the daemon has the root key it had when the key was handed over, or hand the key over again`,
  'in-console': ({ key }) =>
    `The private half of the signing key ${key} is in an officer’s keychain. Do this in the console that has it`,
  'not-handed-over': ({ key }) =>
    `The daemon has no copy of the signing key ${key}. Hand it over from the console`,
  unusable: ({ key }) => `The signing key ${key} can’t be used. Hand it over again from the console`,
  mismatch: ({ key }) =>
    `The private half of the signing key ${key} isn’t that of its registered public key. Hand it over again`,
  signature: ({ key, problem }) => `The signing key ${key} made a signature that can’t be read: ${problem}`,
  kept: ({ key }) =>
    `The kept signature of the signing key ${key} doesn’t verify with its registered public key: the database was changed. Restore it from a backup`,
  'no-token': ({ key }) =>
    `The signing key ${key} is in a PKCS#11 token and the configuration names none. Add the [token] section again and start tekportd`,
  'not-in-token': ({ key }) =>
    `The signing key ${key} is in a token, and the database doesn’t say which of its keys. Restore it from a backup`,
  token: ({ key, problem }) => `The signing key ${key} is in a token and didn’t sign: ${problem}`,
  'token-mismatch': ({ key }) =>
    `The key in the token isn’t the one that ${key} was registered with: another token has the same label and CKA_ID. Put the first one back`,
  database: 'The signing keys can’t be looked up',
};

/** Why each key of a config doesn’t sign; they stand in a row. */
export const not_live: AreaTexts<'not_live'> = {
  none: 'the config names none',
  revoked: ({ key }) => `${key} is revoked`,
  ended: ({ key }) => `${key} has ended`,
  'not-handed-over': ({ key }) => `${key} was not handed to the daemon`,
  'not-begun': ({ key }) => `${key} has not begun to sign`,
};

const SPARED =
  'Check it by hand (pkcs11-tool --login --token-label); a right one makes the token forget the wrong ones';

export const token: AreaTexts<'token'> = {
  'not-configured':
    'The configuration names no token. A [token] section in tekportd.toml does; then start tekportd again',
  gone: 'The configuration names no token any more',
  empty: 'It is there and holds no P-256 key pair yet',
  'one-key': 'It is there and holds one P-256 key pair',
  keys: ({ count }) => `It is there and holds ${count} P-256 key pairs`,
  'no-module': ({ path }) =>
    `The PKCS#11 module ${path} isn’t there. Install the token’s software, or correct token.module and start tekportd again`,
  'not-a-module': ({ path }) =>
    `The PKCS#11 module ${path} can’t be loaded. Correct token.module and start tekportd again`,
  'none-there': ({ label }) =>
    `There is no token labelled “${label}”; the module finds no token at all. Put it in, or check that its software runs`,
  absent: ({ label, there }) =>
    `There is no token labelled “${label}”; there are ${there}. Put it in, or correct token.label and start tekportd again`,
  ambiguous: ({ label, count }) =>
    `${count} tokens are labelled “${label}”. Take all but one out, or give them different labels`,
  'pin-unreadable': ({ path }) => `The token’s PIN ${path} can’t be read`,
  'pin-too-open': ({ path, mode }) =>
    `The token’s PIN ${path} may be read by others than its owner (mode ${mode}). Run: chmod 600 ${path}`,
  'not-a-pin': ({ path }) =>
    `The token’s PIN ${path} is empty, longer than 255 bytes, or no text. It holds the PIN alone, in one line`,
  'no-credentials': ({ name }) =>
    `token.pin_credential is set, but systemd gave no credentials. Put LoadCredential=${name}:<file> into the unit, or give token.pin_file instead`,
  'pin-refused': ({ label, place }) =>
    `The token “${label}” refused the PIN of ${place}. It isn’t tried again until that was written anew or tekportd is started again, since tokens lock after a few wrong ones: correct it`,
  'pin-locked': ({ label, place }) =>
    `The token “${label}” is locked: too many wrong PINs were tried. Have its security officer unlock it (C_InitPIN), with a new PIN in ${place}`,
  'pin-last': ({ label, place }) =>
    `The token “${label}” had wrong PINs lately and locks at the next one, so the one of ${place} isn’t tried. ${SPARED}`,
  'pin-spared': ({ label, place }) =>
    `The token “${label}” had wrong PINs lately and locks after a few more, so the one of ${place} isn’t tried. ${SPARED}`,
  'no-user-pin': ({ label }) => `The token “${label}” has no user PIN yet. Set one (pkcs11-tool --init-pin)`,
  'no-key': ({ label, id }) =>
    `The token “${label}” has no key pair with the CKA_ID ${id}. If another token was put in, put the first one back`,
  'several-keys': ({ id, count }) =>
    `The token has ${count} private keys with the CKA_ID ${id}. Give each its own`,
  unfit: ({ id }) =>
    `The token’s key ${id} can’t be used: export files are signed with ECDSA keys on P-256 alone`,
  'key-in-the-open':
    'The token made a key that can be read out of it, against what was asked. It was destroyed again',
  'wrong-signature': ({ id }) =>
    `The token’s key ${id} made a signature that doesn’t verify with its own public half`,
  failed: `The token failed. ${TOKEN_THERE}`,
  'no-answer': ({ seconds }) => `The token didn’t answer within ${seconds} seconds. ${TOKEN_THERE}`,
  ended: 'tekportd doesn’t talk to the token any more. Start tekportd again, and see its log for why',
};
