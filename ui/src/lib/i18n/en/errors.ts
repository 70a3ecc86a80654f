/**
 * How each error of a command reads: what happened, what it means, what to do. The one place that says it; an error
 * that isn't listed shows the words it came with.
 */
import type { ErrorCode } from '$lib/api';

export interface ErrorText {
  title: string;
  sentence: string;
  next: string;
}

export const errors: Record<ErrorCode, ErrorText> = {
  'daemon-switched': {
    title: 'Another daemon is shown by now',
    sentence: 'This was begun at another daemon than the one that the console shows. Nothing was done.',
    next: 'Go to the daemon that you mean, look whether it is still wanted, and do it again there.',
  },
  'work-under-way': {
    title: 'Something is still being done here',
    sentence: 'Another daemon can be shown once it is through.',
    next: 'Wait until it is through, then try again.',
  },
  'mark-invalid': {
    title: 'This can’t be a mark',
    sentence: 'A mark tells daemons apart at a glance: 1 to 3 letters or digits.',
    next: 'Choose another one.',
  },
  'mark-taken': {
    title: 'Another daemon has this mark',
    sentence: 'Two daemons with one mark could be confused.',
    next: 'Choose another one.',
  },
  'not-enrolled': {
    title: 'This console belongs to no daemon yet',
    sentence: 'It has no certificate to show, so no daemon would answer it.',
    next: 'Join a daemon with an enrolment code.',
  },
  offline: {
    title: 'No connection to the daemon',
    sentence: 'The daemon did not answer. Exports go on by themselves if it still runs.',
    next: 'Check that this machine has a network and that tekportd runs, then try again.',
  },
  timeout: {
    title: 'The daemon took too long',
    sentence: 'It was reached, but no answer came within the time limit.',
    next: 'Try again. If it stays so, look at the load and the log of the daemon’s machine.',
  },
  tls: {
    title: 'The daemon could not prove who it is',
    sentence: 'Its certificate is not the one that was pinned when this console joined. Nothing was sent.',
    next: 'Do not go on. Ask whoever runs the daemon whether its CA was replaced, and join again with a new code.',
  },
  unauthenticated: {
    title: 'This console is no longer let in',
    sentence: 'Its certificate has ended or was revoked.',
    next: 'Ask a security officer for a new enrolment code, leave this daemon under Settings, and join again.',
  },
  forbidden: {
    title: 'Your roles do not allow this',
    sentence: 'Nothing was changed.',
    next: 'Ask somebody with that role, or a security officer to give it to you.',
  },
  'not-found': {
    title: 'Nothing there',
    sentence: 'It may have been removed, or the address is wrong.',
    next: 'Go back to the list and choose again.',
  },
  conflict: {
    title: 'Not possible as things stand',
    sentence: 'Nothing was changed.',
    next: 'Read the reason given here, change that first and try again.',
  },
  'changed-meanwhile': {
    title: 'Somebody else changed this meanwhile',
    sentence: 'Your change was not made, so that theirs is not lost.',
    next: 'Load it again, look at what changed, and repeat your change.',
  },
  invalid: {
    title: 'Some fields are not allowed as they are',
    sentence: 'Nothing was changed.',
    next: 'Correct the fields that are marked.',
  },
  'too-many-requests': {
    title: 'Too many attempts',
    sentence: 'The daemon takes no more of these for a while.',
    next: 'Wait a minute, then try again.',
  },
  unavailable: {
    title: 'Something the daemon needs is missing',
    sentence: 'The daemon is there, but could not do this now.',
    next: 'Try again. If it stays so, run “tekportd doctor” on its machine.',
  },
  malformed: {
    title: 'The daemon could not read the request',
    sentence: 'This console and the daemon do not understand each other. Nothing was changed.',
    next: 'Look whether both have the same version, and update the older one.',
  },
  'method-not-allowed': {
    title: 'The daemon does not do this',
    sentence: 'This console and the daemon do not understand each other. Nothing was changed.',
    next: 'Look whether both have the same version, and update the older one.',
  },
  'precondition-required': {
    title: 'The daemon could not read the request',
    sentence: 'This console and the daemon do not understand each other. Nothing was changed.',
    next: 'Look whether both have the same version, and update the older one.',
  },
  'unsupported-media-type': {
    title: 'The daemon could not read the request',
    sentence: 'This console and the daemon do not understand each other. Nothing was changed.',
    next: 'Look whether both have the same version, and update the older one.',
  },
  'too-large': {
    title: 'This is too much at once',
    sentence: 'The daemon takes requests up to a limit. Nothing was changed.',
    next: 'Shorten what you sent, or send it in parts.',
  },
  address: {
    title: 'This is not an address',
    sentence: 'The enrolment code names a daemon that can’t be reached that way.',
    next: 'Ask for a new enrolment code.',
  },
  'not-tekport': {
    title: 'Something else answers there',
    sentence: 'What answered is not a daemon that this console knows how to talk to.',
    next: 'Check the address, and whether the console and the daemon have the same version.',
  },
  'client-certificate': {
    title: 'This console’s certificate can’t be used',
    sentence: 'The file that holds it was changed or damaged.',
    next: 'Ask for a new enrolment code, leave this daemon under Settings, and join again.',
  },
  'client-key-missing': {
    title: 'This console’s key is not in the keychain',
    sentence:
      'Without it the daemon does not know who asks. It may be in another person’s or another machine’s keychain.',
    next: 'Restore the keychain, or ask for a new enrolment code, leave this daemon under Settings, and join again.',
  },
  'already-enrolled': {
    title: 'This console has a daemon already',
    sentence: 'It can belong to one daemon at a time. The code was not used.',
    next: 'Leave that daemon under Settings first.',
  },
  'code-invalid': {
    title: 'This is no enrolment code',
    sentence: 'Nothing was sent to anybody.',
    next: 'Copy the whole line that the daemon printed, and paste it again.',
  },
  'code-expired': {
    title: 'This enrolment code has expired',
    sentence: 'Codes work for a limited time, so that a lost one does no harm.',
    next: 'Ask for a new one. On the daemon’s machine, “tekportd enroll” makes it.',
  },
  'sealing-key-invalid': {
    title: 'The daemon’s sealing key can’t be used',
    sentence: 'Signing keys could not be handed over safely, so this console did not join.',
    next: 'Update tekportd and this console, then join with a new code.',
  },
  'sealing-key-changed': {
    title: 'The daemon has another sealing key than before',
    sentence:
      'It is not the one that was pinned when this console joined. The signing key was not handed over.',
    next: 'If it was rotated, look at the new one on the page of the signing keys and accept it there. If not, do not go on.',
  },
  'key-not-here': {
    title: 'This key is not in this machine’s keychain',
    sentence: 'It may be on another machine, or somebody removed it from the keychain.',
    next: 'Do it on the machine that has the key, or restore the key here from its backup.',
  },
  'key-stays': {
    title: 'This key is not handed over',
    sentence: 'Its private half stays where it is: in the keychain or in the token. Nothing was sent.',
    next: 'A key that the daemon is to hold is generated with the custody “daemon”.',
  },
  'key-not-to-send': {
    title: 'This key may not be sent yet',
    sentence: 'A phone that gets it early must find its signature in every new file. Nothing was saved.',
    next: 'Look at its page: it says what is missing.',
  },
  'another-key': {
    title: 'The daemon has another key under this id',
    sentence: 'The one in this keychain was not handed over.',
    next: 'Generate a new version.',
  },
  'key-not-registered': {
    title: 'The daemon does not know this key',
    sentence: 'A key can be restored only where its public half is registered. Nothing was changed.',
    next: 'Import the file as a new key, or choose another file.',
  },
  'key-registered': {
    title: 'The daemon has this key already',
    sentence: 'It is registered, so it was not imported a second time.',
    next: 'Restore it from the file instead, to have it in this keychain.',
  },
  'key-file': {
    title: 'This file gives no signing key',
    sentence: 'Signing keys are P-256 keys in PEM: SEC1 or PKCS#8. Nothing was changed.',
    next: 'Read here what the file holds, and choose or convert another one.',
  },
  'passphrase-needed': {
    title: 'This key is encrypted',
    sentence: 'It opens only with its passphrase.',
    next: 'Type the passphrase.',
  },
  'passphrase-wrong': {
    title: 'The passphrase does not open this key',
    sentence: 'It is another one, or the file is damaged. Nothing was changed.',
    next: 'Type it again.',
  },
  'passphrase-weak': {
    title: 'This passphrase is too weak',
    sentence: 'Whoever finds a backup can guess at it for as long as they like. Nothing was written.',
    next: 'Use a longer one of uncommon words.',
  },
  'passphrase-unusable': {
    title: 'This can’t be a passphrase',
    sentence: 'It is empty, too long, or holds characters that other programs can’t read.',
    next: 'Type one of 1 to 1,000 characters in one line.',
  },
  'backup-not-noted': {
    title: 'The backup is written, but not noted',
    sentence: 'The file is good. The daemon does not know of it yet and goes on asking for a backup.',
    next: 'Keep the file. Back up again when the daemon answers.',
  },
  'authority-missing': {
    title: 'For whom does this key sign?',
    sentence: 'Google and Apple ask for the authority and its apps, and nobody has filled that in yet.',
    next: 'Fill it in first.',
  },
  'keychain-missing': {
    title: 'No keychain is running',
    sentence: 'Keys are kept in the operating system’s keychain and nowhere else, so nothing was made.',
    next: 'Start a keychain that offers the Secret Service, such as GNOME Keyring or KWallet, and try again.',
  },
  'keychain-locked': {
    title: 'The keychain is locked',
    sentence: 'Nothing in it was read or changed.',
    next: 'Unlock it, then try again.',
  },
  'keychain-denied': {
    title: 'The keychain refused',
    sentence: 'The operating system did not let this console in.',
    next: 'Try again, and allow it when the system asks.',
  },
  'keychain-damaged': {
    title: 'An item of the keychain can’t be read',
    sentence: 'It is there, and was left as it is.',
    next: 'Restore it from a backup of the keychain, or generate a new version.',
  },
  'keychain-not-kept': {
    title: 'The keychain did not keep the key',
    sentence: 'What was read back differs from what was stored, so nothing was sent to the daemon.',
    next: 'Try again, and look at the keychain’s own log.',
  },
  'keychain-empty': {
    title: 'The keychain has no keyring',
    sentence: 'There is no place in it to keep keys, so nothing was made.',
    next: 'Make a keyring, in GNOME with “Passwords and Keys”, and set it as the default. Then try again.',
  },
  'keychain-no-answer': {
    title: 'The keychain does not answer',
    sentence: 'It was asked and said nothing for minutes.',
    next: 'Look for a window of its that asks for something, or log out and in again. Then try again.',
  },
  'sealing-key-not-vouched': {
    title: 'Nobody vouches for the daemon’s sealing key',
    sentence:
      'The CA that this console pinned when it joined did not sign for it. The pinned key stays, and nothing was handed over.',
    next: 'Do not go on. Ask whoever runs the daemon whether it was set up anew.',
  },
  'keychain-failed': {
    title: 'The keychain failed',
    sentence: 'Nothing was sent to the daemon.',
    next: 'Try again, and look at the keychain’s own log.',
  },
  'data-folder': {
    title: 'This console’s own data can’t be used',
    sentence: 'It remembers there which daemon it belongs to.',
    next: 'Check that the folder that is named here exists and that you may write to it.',
  },
  'downloads-folder': {
    title: 'The file can’t be saved',
    sentence: 'Nothing was written.',
    next: 'Check that your downloads folder exists, has room, and that you may write to it.',
  },
  'file-changed': {
    title: 'The file was changed after it was published',
    sentence: 'What lies in storage is not what the daemon put there. Phones may refuse it.',
    next: 'Find out who can write to the storage, then regenerate the batch.',
  },
  clipboard: {
    title: 'The text was not copied',
    sentence: 'The clipboard did not take it.',
    next: 'Select the text and copy it by hand.',
  },
  dialog: {
    title: 'No file can be chosen',
    sentence: 'The system showed no file dialog.',
    next: 'Try again. On Linux, check that GTK 3 is whole.',
  },
  'not-awaiting': {
    title: 'This batch waits for no signature',
    sentence: 'Somebody else may have signed it, or the daemon made its files anew.',
    next: 'Go back to the signing desk and look at the list again.',
  },
  'review-outdated': {
    title: 'The files changed since the review',
    sentence: 'They are other ones than those that were looked at. Nothing was signed.',
    next: 'Look at them again before signing.',
  },
  'review-failed': {
    title: 'This batch must not be signed',
    sentence: 'What the daemon sent is not what it should be. Nothing was signed.',
    next: 'Find out what the daemon made of this batch before anybody signs it. If nobody can say, do not go on.',
  },
  'config-not-approved': {
    title: 'This config is not approved for signing',
    sentence: 'Only configs that an officer approved on this computer are signed unattended.',
    next: 'Look at its terms on the signing desk and approve them.',
  },
  internal: {
    title: 'Something went wrong inside',
    sentence: 'This is a fault of the program, not of yours.',
    next: 'Try again. If it comes back, pass on these words and the daemon’s log.',
  },
  'config-file': {
    title: 'This file can’t be imported',
    sentence: 'It is not a file of export configs as consoles save them, or something in it doesn’t fit.',
    next: 'Correct what is named below, or export the configs again.',
  },
  'config-file-version': {
    title: 'This file has another version',
    sentence: 'It was saved by a console that writes such files in another way.',
    next: 'Update this console, or save the file again with one of its age.',
  },
  'file-unreadable': {
    title: 'The file can’t be read',
    sentence: 'It was not found, is no file, or may not be read by you.',
    next: 'Check where it lies, then choose it again.',
  },
  'public-key': {
    title: 'This is not a public key',
    sentence: 'Only a P-256 public key in PEM can verify an export.',
    next: 'Paste the whole text, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----.',
  },
} satisfies Record<string, ErrorText>;
