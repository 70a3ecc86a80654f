/** What goes wrong in the console itself. What the system or a library said stands behind it. */
import type { AreaTexts } from '../../message-texts';

const PLACE = 'Check the folder, its owner and the free space';

export const console: AreaTexts<'console'> = {
  'no-dialog': 'The system showed no file dialog. Try again, and on Linux check that GTK 3 is whole',
  'not-written': ({ path }) => `${path} can’t be written. Check the folder and the free space`,
  'not-copied': 'The clipboard did not take the text. Select the text and copy it by hand',
  'not-saved': ({ folder }) => `The file can’t be saved in ${folder}. ${PLACE}`,
  unreadable: ({ path }) => `${path} can’t be read. Check that it is a file and that you may read it`,
  'data-unreadable': ({ path }) => `${path} can’t be read. ${PLACE}`,
  'data-damaged': ({ path }) => `${path} is damaged. ${PLACE}`,
  'data-unwritten': ({ path }) => `${path} can’t be written. ${PLACE}`,
  'data-not-removed': ({ path }) => `${path} can’t be removed. ${PLACE}`,
  'broke-off': 'It broke off. Try again',
  'no-randomness': 'The system gave no random bytes. Restart the computer and try again',
  'which-daemon':
    'The page didn’t say which daemon it shows, so nothing was done. Go to the daemon that you mean and try again',
  switched: ({ meant, shown }) =>
    `This was meant for ${meant}, and the console shows ${shown} by now, so nothing was done. Go back to ${meant} and look whether it is still wanted`,
  'switched-from-left': ({ shown }) =>
    `This was meant for a daemon that was left, and the console shows ${shown} by now, so nothing was done`,
  'not-enrolled':
    'This console has no certificate of any daemon. Enrol with a code from a security officer, or from tekportd enroll',
  'no-client-key': ({ item, address }) =>
    `The keychain has no item ${item}, which is this console’s key for ${address}. Log in as the person who enrolled, or leave this daemon and enrol with a new code`,
  'endless-list': ({ pages }) =>
    `The daemon’s list has more than ${pages} pages. Update tekportd or the console`,
  'mark-letters': 'A mark has 1 to 3 letters or digits. Leave out everything else',
  'mark-taken': ({ daemon, mark }) => `${daemon} has the mark ${mark} already. Choose another one`,
  'already-enrolled': ({ address }) =>
    `This console belongs to the daemon at ${address}. Switch to it, or leave it first`,
  'code-expired': ({ time }) => `The enrolment code expired at ${time}. Ask for a new one`,
  'code-prefix': ({ prefix }) =>
    `An enrolment code starts with ${prefix}. Copy the whole line that the daemon printed`,
  'code-damaged': 'The enrolment code is incomplete or has a wrong character. Copy it again, whole',
  'sealing-key-unfit':
    'The daemon’s sealing key and its fingerprint don’t belong together. Update tekportd or the console, then enrol with a new code',
  'not-drawn': 'The code can’t be drawn. Pass it on as text',
  'not-vouched':
    'The CA that was pinned at enrolment doesn’t vouch for the daemon’s sealing key, so the old one stays pinned. Ask whoever runs the daemon whether it was set up anew',
  'no-such-file': 'The batch has no such file. Go back to the list of batches and choose again',
  'not-as-published':
    'What the storage holds is not what the daemon published; phones would refuse it. Regenerate the batch and look at who else writes to the storage',
  'not-a-public-key':
    'The key to verify with can’t be used. Paste a text that begins with -----BEGIN PUBLIC KEY-----',
  'no-config': ({ id }) => `The daemon has no export config ${id}. Load the list again and choose anew`,
  'key-not-listed': ({ id }) => `The daemon’s list lacks the signing key ${id} of a config. Try again`,
  'config-file-no-json': 'This is no JSON. Choose a file that the console saved, or correct it there',
  'config-file-format': ({ format }) =>
    `This is no file of export configs. Choose one whose format is “${format}”`,
  'config-file-version': ({ version }) =>
    `The file has another version than ${version}, the one that this console reads. Update the console, or save the file again with one like this`,
  'config-file-fields': ({ fields }) => `${fields}. Correct the file, or save it anew`,
  'config-file-too-many': ({ count, max }) =>
    `The file holds ${count} configs. Split it into files of at most ${max}`,
  'config-file-too-large':
    'The file has more than 1 MiB, far more than any file of export configs. Choose another one',
};

const CHANGED = 'The daemon’s sealing key is not the one pinned at enrolment';
const NO_KEY_SENT =
  'No key was sent. Look at the new one on the page of the signing keys and accept it there if the daemon’s CA vouches for it, or ask whoever runs the daemon';
const ANEW = 'Write it anew with openssl pkcs8 -topk8 -scrypt';
const PASSPHRASE = 'Type one of 1 to 1,000 characters in one line';

export const key_trouble: AreaTexts<'key_trouble'> = {
  'not-here': ({ item }) =>
    `The keychain has no item ${item}. Do this on the computer that has the key, or restore the key here from its backup`,
  stays: ({ key }) =>
    `${key} isn’t in the daemon’s custody, so its private half never leaves where it is and nothing was sent. A key that the daemon is to hold is generated with the custody daemon`,
  'sealing-key-changed': ({ pinned, offered }) =>
    `${CHANGED}: pinned was ${pinned}, offered is ${offered}. ${NO_KEY_SENT}`,
  'sealing-key-unreadable': `${CHANGED}. ${NO_KEY_SENT}`,
  'another-registered':
    'The daemon registered another public key than the one it was sent. No key was handed over. Look at the daemon’s audit log',
  'not-sealed': 'The key can’t be sealed. No key was sent. Update the console and try again',
  'not-registered': ({ fingerprint }) =>
    `The daemon has no signing key with the fingerprint ${fingerprint}, so nothing was changed. Import the file as a new key, or choose another file`,
  registered: ({ key }) =>
    `The daemon has this key as ${key} already. Restore it from the file instead of importing it`,
  'no-authority':
    'It isn’t said yet for whom this key signs, which Google and Apple ask for. Fill that in first',
  'package-unfit': 'The daemon’s package holds a file that can’t be saved. Update tekportd or the console',
  'package-failed':
    'The files can’t be made. Nothing was saved. Look whether the keychain’s key is the registered one',
  'backup-not-noted': ({ path, problem }) =>
    `The backup is ${path}, and the daemon did not note it: ${problem}`,
  'weak-passphrase': 'The passphrase is too weak for a backup',
  'backup-failed': 'The backup can’t be encrypted. Nothing was written. Restart the console and try again',
  'passphrase-empty': `The passphrase is empty. ${PASSPHRASE}`,
  'passphrase-too-long': ({ bytes }) => `The passphrase has ${bytes} bytes. ${PASSPHRASE}`,
  'passphrase-control': `The passphrase holds a tab, a line end or another control character. ${PASSPHRASE}`,
  'file-too-long': ({ bytes }) =>
    `The file has ${bytes} bytes, too many for a private key; at most 65,536 are read`,
  'not-pem': 'The file is not a key in PEM',
  'no-private-key': 'The file holds no private key. Choose the file with the private key',
  'several-keys': ({ count }) =>
    `The file holds ${count} private keys. Keep one of them in a file of its own`,
  'another-kind': ({ kind }) =>
    `The file holds a private key of the kind ${kind}. Export files are signed with P-256 (prime256v1) keys`,
  'no-curve': 'The key doesn’t name its curve. Write it anew with openssl ec -param_enc named_curve',
  'passphrase-needed': 'The key is encrypted. Type its passphrase',
  'passphrase-wrong': 'The passphrase doesn’t open the key. Type it again, or the file is damaged',
  encryption: ({ name }) =>
    `The key is encrypted with ${name}, which isn’t read. ${ANEW}, or with PBKDF2 and AES`,
  'too-costly': `Opening the key would take too long or too much memory. ${ANEW}`,
  'file-damaged': 'The file is damaged',
  'checks-failed': ({ checks }) => `Nothing was signed, since these checks failed: ${checks}`,
  'review-outdated':
    'The batch’s files are other ones than those that were looked at, so nothing was signed. Look at them again',
  'item-differs': ({ item }) =>
    `The keychain’s item ${item} holds another key, so nothing was signed. Restore it from its backup`,
  'nothing-here': 'The batch waits for no key of this computer’s keychain. Sign it where those keys are',
  'not-signed': 'The key did not sign. Try again',
  'not-approved': ({ region }) =>
    `The config of ${region} isn’t approved on this computer as it is now, so nothing was changed. Look at its terms and approve them first`,
  'no-key-here': ({ region }) =>
    `No key that signs for ${region} is in this computer’s keychain. Turn unattended signing on where such a key is, or restore it here from its backup`,
  'config-changed':
    'The config was changed while it was looked at, so nothing was approved. Look at it again',
  'not-awaiting':
    'The batch doesn’t wait for signatures any more. Go back to the signing desk and look at the list again',
};
