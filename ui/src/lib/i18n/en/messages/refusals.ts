/** Why the daemon refuses a request as a whole, and why a batch doesn't take what was asked. */
import type { AreaTexts } from '../../message-texts';
import { joined, named } from '../../joined';
import { batches } from '../batches';
import { common } from '../common';

const LAST_OFFICER =
  'nobody could change keys, people or roles any more. Let another security officer enrol first';
const seconds = (count: string) => (count === '1' ? '1 second' : `${count} seconds`);
const roles = (list: string) =>
  list
    .split(', ')
    .map((role) => named(common.roles, role))
    .join(', ');
const state = (name: string) => `The batch’s state is “${named(batches.states, name)}”`;
const CODE = 'Ask a security officer for a new code';

export const refused: AreaTexts<'refused'> = {
  field: ({ field, reason }) => `${field}: ${reason}`,
  fields: ({ count }) => `${count} fields are refused; each is listed with what is allowed`,
  then: ({ first, second }) => `${first}. ${second}`,
  'not-an-id': ({ text }) => `“${text}” is not an id`,
  'no-signing-key': ({ id }) => `There is no signing key ${id}. List them to see which there are`,
  'no-export-config': ({ id }) => `There is no export config ${id}. List them to see which there are`,
  'no-batch': ({ id }) => `There is no batch ${id}. List them to see which there are`,
  'no-file': ({ id }) => `The batch has no file ${id}`,
  'no-person': ({ id }) => `There is no person ${id}. List them to see who there is`,
  'no-storage-target': ({ id }) => `There is no storage target ${id}. List them to see which there are`,
  'no-recipient': ({ text }) => `“${text}” is neither Google nor Apple`,
  'config-changed': 'The export config was changed since it was read. Read it again, then repeat the edit',
  'person-changed': 'The person was changed since they were read. Read them again, then repeat the edit',
  'nothing-to-pause': 'The export config has ended: there is nothing left to pause',
  'repeat-differs': 'Another request came under the same key before. Begin it anew',
  'no-certificate': 'The request came without a client certificate. Enrol with a one-time code',
  'unknown-certificate': 'The daemon doesn’t know the certificate. Enrol with a one-time code',
  'nobodys-certificate': 'Nobody comes in with this certificate. Enrol with a one-time code',
  'certificate-revoked': `The certificate was revoked. ${CODE}`,
  'certificate-ended': `The certificate has ended. ${CODE}`,
  'not-identified': 'Nobody was identified',
  'role-missing': (values) =>
    `This needs the role ${joined(roles(values.roles), 'or')}; ${values.person} has ${roles(values.has)}. A security officer can change that`,
  'too-many-codes': (values) =>
    `Too many codes from this address were refused. Try again in ${seconds(values.seconds)}`,
  'shut-out': ({ person }) => `${person} is shut out for good. Invite them as a new person`,
  'last-officer-stays': ({ person }) =>
    `${person} is the last security officer who has enrolled and can’t be shut out: ${LAST_OFFICER}`,
  'last-officer-keeps-role': ({ person }) =>
    `${person} is the last security officer who has enrolled and can’t lose that role: ${LAST_OFFICER}`,
  'lookup-off':
    'Keys can’t be looked up on this daemon. To allow it, set enabled = true under [key_lookup] in the daemon’s configuration and restart it',
  'too-many-lookups': (values) => `You have asked for too many keys. Ask again in ${seconds(values.seconds)}`,
  'lookup-unreadable': 'A file that may hold the key can’t be read. Test its storage target to see why',
  stopping: 'The daemon is stopping. Ask again once it runs',
  internal: 'The daemon met a fault of its own; its log has the details. Nothing was changed',
  busy: 'The database is busy. Try again in a moment',
  'took-too-long': 'The request took longer than 120 seconds. Try again later',
};

const ANEW = 'The file is made anew without it at the next tick. Then fetch and review it again';

export const batch_refused: AreaTexts<'batch_refused'> = {
  'no-batch': 'There is no such batch',
  'no-config': 'There is no such export config',
  'not-failed': (values) => `${state(values.state)}. Only a failed batch can be retried`,
  'not-complete': (values) =>
    `${state(values.state)}. Only a complete batch can be regenerated, before its files expire`,
  'nothing-published': 'The batch published no file, so there is nothing to regenerate',
  'already-regenerating': 'The window is being regenerated already. Wait until that batch is complete',
  paused: 'The export config is paused. Resume it first',
  'file-deleted': 'The file was deleted from storage after its retention',
  'file-missing': 'The file is not in storage: it isn’t put there yet, or somebody else removed it',
  'storage-unreadable': 'The storage target can’t be read. Test it to see why',
  'not-awaiting': (values) =>
    `${state(values.state)}. Only a batch that awaits signatures takes them. Read it again`,
  'no-file-number': ({ text }) => `“${text}” is not the number of a file`,
  'no-unsigned-file': ({ number }) => `The batch has no unsigned file ${number}; it has none`,
  'one-unsigned-file': ({ number, only }) => `The batch has no unsigned file ${number}; it has file ${only}`,
  'unsigned-files': ({ number, first, last }) =>
    `The batch has no unsigned file ${number}; it has files ${first} to ${last}`,
  'not-a-signer': ({ id }) =>
    `The signing key ${id} isn’t among those that have to sign this file. Read the batch again to see which do`,
  'signs-itself': ({ key }) => `The daemon adds the signature of ${key} by itself`,
  'key-revoked': ({ key }) => `${key} is revoked. ${ANEW}`,
  'key-ended': ({ key }) => `${key} doesn’t sign any more. ${ANEW}`,
  changed: ({ number }) =>
    `File ${number} has another digest than the one that was signed: it was made anew. Fetch and review it again`,
};
