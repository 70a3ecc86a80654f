/** What the checks of the signing desk found. */
import type { AreaTexts } from '../../message-texts';

export const desk: AreaTexts<'desk'> = {
  digest: ({ sha256 }) => `SHA-256 ${sha256}`,
  'digest-differs': ({ sha256, announced }) =>
    `The bytes have the SHA-256 ${sha256}, the daemon says ${announced}`,
  canonical: ({ bytes }) => `export.bin of ${bytes} bytes, and nothing but its header and keys`,
  name: ({ text, problem }) => `“${text}” in export.bin: ${problem}`,
  form: 'export.bin is not written as Tekport writes it: fields that are unknown, repeated or in another form',
  impossible: 'No file can be made of this header and these keys',
  unordered: ({ list }) =>
    `The ${list === 'keys' ? 'keys' : 'revised keys'} are not in order, so that arrival or persons may show`,
  region: ({ region }) => region,
  window: ({ start, end, batch_start, batch_end }) =>
    `From ${start} to ${end}; the batch is from ${batch_start} to ${batch_end}`,
  counts: ({ keys, revised, bytes, said_keys, said_revised, said_bytes }) =>
    `${keys} keys and ${revised} revised ones in ${bytes} bytes; the daemon says ${said_keys} and ${said_revised} in ${said_bytes}`,
  keys: ({ count, max }) => `${count} of at most ${max} keys`,
  ordered: 'By what the keys carry, then by key data',
  'rules-kept': ({ count }) => `${count} rules kept`,
  'rules-broken': ({ rules }) => rules,
  signers: ({ named, awaited }) => `The file names ${named}; the batch awaits ${awaited}`,
  'nothing-signed': 'This console signed nothing for this window yet',
  'same-signed': 'This console signed the same bytes before',
  refused: ({ times }) => `The daemon refused it ${times} times in a row`,
  'others-signed': ({ digests }) => `This console signed other bytes for this window before: ${digests}`,
  config: ({ batch, config }) => `The batch is of ${batch}, the config of ${config}`,
  'not-approved': 'Nobody approved this config on this computer',
  'as-approved': ({ at }) => `As approved on ${at}`,
  'changed-since': ({ at, fields }) => `Changed since it was approved on ${at}: ${fields}`,
  closes: ({ end, now }) => `The window ends ${end}, this computer’s clock says ${now}`,
  within: ({ start, end, minutes }) => `From ${start} to ${end}; windows are ${minutes} minutes at most`,
  grid: ({ start, end, minutes }) => `From ${start} to ${end}, every ${minutes} minutes`,
  ended: ({ at }) => `The window ended ${at}; 30 days are recent`,
  'nobody-signs': 'The batch names nobody who has to sign',
  stranger: ({ name, fingerprint }) => `${name} (${fingerprint}) is no signer of the config`,
  known: ({ names }) => names,
  files: ({ numbers }) => `Files: ${numbers}`,
};

/** The terms of a config, where they are listed as changed. */
export const term: AreaTexts<'term'> = {
  'config-id': 'the config itself',
  'output-region': 'output region',
  'period-minutes': 'period',
  'valid-from': 'from',
  'valid-through': 'until',
  'storage-target': 'storage target',
  'path-prefix': 'path',
  'max-records-per-file': 'keys in a file at most',
  signers: 'signed by',
};
