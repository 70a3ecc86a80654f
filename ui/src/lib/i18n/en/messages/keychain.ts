/** Why the keychain can't be used. What the system said stands behind it. */
import type { AreaTexts } from '../../message-texts';

export const keychain: AreaTexts<'keychain'> = {
  'no-service':
    'No keychain answers on this computer. Start one that offers the Secret Service, such as GNOME Keyring or KWallet, in this desktop session, then start the console again',
  locked: 'The keychain is locked. Unlock it, in GNOME with “Passwords and Keys”, then try again',
  empty:
    'The keychain has no keyring to keep keys in. Make one, in GNOME with “Passwords and Keys”, and set it as the default, then try again',
  denied:
    'The keychain is locked, and its question was dismissed or could not be shown. Try again and type the keychain’s password when the system asks',
  'no-answer': ({ value }) =>
    `The keychain did not answer within ${value} seconds. Look for a window of its that asks for something, or log out and in again, then try again`,
  damaged: ({ value }) =>
    `The keychain’s item ${value} is there, but doesn’t hold a key that can be read. Nothing was changed: restore it from a backup of the keychain, or remove it there by hand`,
  'not-kept': ({ value }) =>
    `The keychain’s item ${value} did not come back as it was stored. Nothing was sent to the daemon: try again, and look at the keychain’s own log`,
  failed: 'The keychain failed. Try again, and look at the keychain’s own log',
};
