/** Why something can’t be done with a signing key, and why a field about one is refused. */
import type { AreaTexts } from '../../message-texts';
import { joined } from '../../joined';

const DAEMON_KEY = 'A key that the daemon is to hold is registered with the custody daemon';

export const key: AreaTexts<'key'> = {
  revoked: ({ key }) => `${key} was revoked for good. Generate a new key`,
  'signs-no-more': ({ key }) => `${key} has ended: nothing is signed with it any more`,
  'stays-in-keychain': ({ key }) =>
    `${key} is in the custody of a console, so its private half never leaves the keychain that it is in. ${DAEMON_KEY}`,
  'stays-in-token': ({ key }) =>
    `${key} is in the custody of a token, so its private half never leaves it. ${DAEMON_KEY}`,
  'no-token':
    'The configuration names no token. Add a [token] section to tekportd.toml and start tekportd again',
  'pair-left': ({ id, label, problem }) =>
    `A key pair with the CKA_ID ${id} may be left in the token “${label}”: ${problem}. Register that one, or destroy it there`,
  'maybe-registered': 'Nobody knows whether it is registered',
  'nothing-destroyed': 'The daemon knows of no copy of this key’s private half that it destroyed',
  'traces-left': ({ count }) =>
    `The copy is destroyed and can’t be used, but traces of it are left in the database’s log, which something still reads (${count}). They go with the next checkpoint, at the latest when the daemon is restarted. Have it searched again then`,
  'copy-needed': ({ key }) =>
    `${key} signs. Without the daemon’s copy it would be missing in the next file. End it in its rotation, or revoke it`,
  'changed-in-search': 'The key was changed while its copies were searched for. Ask again',
  'no-backup': ({ key }) => `${key} never leaves its token, so there is no backup of it to note here`,
  'attach-ended': ({ key }) => `${key} has ended and signs no more. Attach the key that took over`,
  'attach-ending': ({ key, end }) =>
    `${key} ends at ${end}. Attach its successor, or take its end back first`,
  'attach-changed': ({ region }) =>
    `The export config of ${region} was changed since it was looked at. Nothing was attached. Look at the difference again, then repeat it`,
  'attach-config-ended': ({ region }) =>
    `The export config of ${region} has ended and makes no more files. Leave it out`,
  'attach-leaves-out': (values) => {
    const who = joined(values.sent_to, 'and');
    return `In ${values.region}, ${values.named} is named without ${values.newer}, which came after it and was sent to ${who}: phones that ${who} gave ${values.newer} would find no signature of it in the files of this config. Attach ${values.newer} there first`;
  },
  'attach-full': ({ region, max }) =>
    `The export config of ${region} has ${max} keys that sign or will, and devices take no more signatures. End one of them first`,
  'in-use': ({ key }) =>
    `${key} signs or was sent meanwhile, so nothing replaces it. Go on with its rotation`,
  'not-revoked': ({ key }) => `${key} isn’t revoked. Files of a key that phones may trust stay as they are`,
  'nobody-signs': ({ regions }) =>
    `Nothing can be made anew: no key is there to sign with in ${joined(regions, 'and')}. Attach a successor there first`,
  'end-stays': ({ key, end }) =>
    `${key} ended at ${end}, and phones have had files without its signature since. An end that has come stays`,
  'end-held': ({ key, end }) =>
    `The end of ${key} came at ${end} and stays. The key stops signing as soon as nothing stands in the way`,
  'no-end': ({ key }) => `No end of ${key} is set, so there is none to take back`,
  'cannot-end': ({ key, wanted, reasons }) => `${key} can’t end at ${wanted}. ${reasons}`,
  'no-authority': ({ key }) =>
    `Nobody wrote down yet for whom ${key} signs: the authority, its country and its apps. Fill that in first`,
  'another-signed': ({ key }) =>
    `The signature doesn’t verify with the registered public key of ${key}: another key signed`,
  'end-relies': ({ ending, recipient, key }) =>
    `The end of ${ending} relies on ${recipient} having confirmed ${key}. Take that end back first`,
};

const REFUSED = 'of a key that takes over. Phones would refuse';

export const end: AreaTexts<'end'> = {
  'not-signing': 'It doesn’t sign, so there is nothing to end',
  'only-live-signer': ({ region }) =>
    `${region}: no other key goes on signing there. Attach a successor first`,
  'only-older-keys': ({ region, key, older }) =>
    `${region}: only keys from before ${key} go on signing there, such as ${older}, and Apple gives iPhones one key at a time, the newest: those that hold ${key} would refuse every new file. Attach a successor first`,
  'not-confirmed': ({ region, missing, successor }) =>
    `${region}: ${joined(missing, 'and')} didn’t confirm ${successor} yet. Record the confirmation once it is there`,
  'file-alone': ({ region, until }) =>
    `${region}: until ${until} the index offers 1 file without the signature ${REFUSED} it`,
  'files-alone': ({ region, count, until }) =>
    `${region}: until ${until} the index offers ${count} files without the signature ${REFUSED} them`,
  'allowed-from': ({ time }) => `It is allowed from ${time} on`,
  'not-yet': 'From when on it is allowed shows once that is done',
};

export const key_field: AreaTexts<'key_field'> = {
  'name-taken': ({ key }) => `${key} is registered already`,
  'key-taken': ({ key }) => `This key is registered already, as ${key}`,
  'sealed-elsewhere': 'The key was sealed to another daemon',
  'not-opened': 'The sealed key can’t be opened',
  'no-reason': 'The reason is empty or too long',
  'no-note': 'The note is too long or holds control characters',
  days: ({ count }) => (count === '1' ? '1 day is not allowed' : `${count} days are not allowed`),
  'no-predecessor': ({ id }) => `There is no signing key ${id}`,
  'other-key-id': (values) =>
    `${values.key} has another key id than ${values.key_id}: phones look a key up by both, so a successor keeps the id and has the next version`,
  'taken-over': ({ key }) => `${key} has ended, and another key took over`,
  'nothing-to-rotate': ({ key }) => `${key} doesn’t sign yet, so there is nothing to rotate`,
  'never-signed': ({ key }) => `${key} was revoked before it ever signed, so there is nothing to take over`,
  followed: ({ successor, key }) =>
    `${successor} follows ${key} already: go on with that rotation, or revoke ${successor} first`,
  'no-config-named': 'No config is named',
  'config-twice': 'The config is named twice',
  'no-config': ({ text }) => `There is no export config “${text}”`,
  'cannot-take-out': ({ key, reasons }) => `${key} can’t be taken out. ${reasons}`,
  'end-came': ({ key, end }) =>
    `The end of ${key} came at ${end}. An end that has come may only move earlier`,
  passed: ({ time }) => `${time} has passed`,
  'in-future': ({ time }) => `${time} is in the future`,
  'not-registered-yet': ({ key, time }) => `${key} wasn’t registered yet at ${time}`,
  'no-digest': ({ text }) => `“${text}” is no SHA-256 digest`,
  'no-base64': 'It is not base64',
  'wrong-signature': ({ key }) =>
    `It doesn’t verify with the registered public key of ${key} over this digest: another key or another file was signed`,
};

export const key_allowed: AreaTexts<'key_allowed'> = {
  'new-key': 'A newly generated key',
  'new-version': 'A version that this key id doesn’t have yet',
  'sealed-here': ({ fingerprint }) => `The sealing key ${fingerprint}`,
  'private-half': 'The private half of the registered key, sealed to this daemon for this key',
  reason: '1 to 500 characters',
  note: 'At most 500 characters',
  'rotation-days': '30 to 1825 days',
  predecessor:
    'The key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id',
  'in-token': 'The id of a P-256 key pair that the token lists and that may sign; nothing to have one made',
  'other-pair': 'Another key pair of the token, or nothing to have one made',
  'some-configs': 'At least one, each once',
  'each-config-once': 'Each config once',
  'config-id': 'The id of an export config, as lists show it',
  'until-rotation': 'Keys that sign stay until their rotation ends them',
  until: ({ time }) => `${time} or earlier`,
  from: ({ time }) => `${time} or later`,
  'since-registered': 'A time since the key was registered that has passed, or nothing for now',
  digest: 'The SHA-256 of the unsigned file: 64 digits of lower-case hex',
  signature: 'The key’s ECDSA P-256 signature over the digest: an ASN.1 DER sequence in base64',
};
