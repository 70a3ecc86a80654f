/** What is said of an export file: why it can't be read, how it stands to the device rules, what its signatures are. */
import type { AreaTexts } from '../../message-texts';

const ENTRIES = 'it has to have exactly export.bin and export.sig';

/** Why the zip can't be read. */
export const archive: AreaTexts<'archive'> = {
  'not-a-zip': 'It is not a zip archive',
  end: 'The zip is cut short, or has a comment or other bytes after its end',
  'zip64-or-volumes': 'The zip uses zip64 or several volumes, which no export file needs and phones refuse',
  'entry-count': ({ value }) => `Entries in the zip: ${value}; ${ENTRIES}`,
  duplicate: ({ value }) => `The zip has the entry ${value} twice; ${ENTRIES}`,
  'wrong-order': 'The zip has export.sig before export.bin; export.bin has to come first',
  'unexpected-entry': ({ value }) => `The zip has an entry named “${value}”; ${ENTRIES}`,
  encrypted: ({ value }) => `${value} is encrypted in the zip; it has to be plain`,
  flags: ({ name, flags }) => `${name} has the zip flags ${flags}, which no export file needs`,
  method: ({ name, method }) =>
    `${name} is compressed by method ${method}; allowed are 0 (stored) and 8 (deflate)`,
  extra: ({ value }) => `${value} has a zip extra field that could hide another name or size`,
  mismatch: ({ name }) => `The zip’s directory and the entry ${name} disagree`,
  damaged: 'The zip’s directory or one of its entries is damaged',
  'too-large': ({ name, size, max }) =>
    `${name} would unpack to ${size} bytes; at most ${max} bytes are read`,
  deflate: ({ value }) => `The compressed data of ${value} is damaged`,
  size: ({ value }) => `${value} doesn’t unpack to the size that the zip says`,
  checksum: ({ value }) => `${value} doesn’t have the checksum that the zip says`,
};

/** Why what the zip holds can't be read. */
export const open: AreaTexts<'open'> = {
  'too-large': ({ value }) => `The file has ${value} bytes, more than is read`,
  'bin-too-large': ({ value }) => `export.bin has ${value} bytes, more than is read`,
  magic: 'export.bin doesn’t begin with “EK Export v1” padded with spaces to 16 bytes',
  truncated: ({ at }) => `export.bin ends inside the field that begins at byte ${at}`,
  malformed: ({ at }) => `export.bin is not a valid protobuf message from byte ${at} on`,
  'field-too-long': ({ number, at }) =>
    `Field ${number} at byte ${at} of export.bin is longer than any such field can be`,
  'too-many-keys': 'export.bin holds more than twice as many keys as phones take',
  'too-many-signatures': ({ value }) => `${value} holds far too many signatures; 1 to 10 are allowed`,
  'signature-list': 'export.sig is cut short or is not a list of signatures in protobuf',
};

/** What makes phones refuse a file that can be read. */
export const flaw: AreaTexts<'flaw'> = {
  'no-signature': 'The file has no signature: export.sig is empty; it needs 1 to 10',
  'signature-count': ({ infos, signatures }) =>
    `Signers named in export.bin: ${infos}, signatures in export.sig: ${signatures}; both counts have to be the same`,
  algorithm: ({ entry, number, found }) =>
    `Signature ${number} in ${entry} has the algorithm “${found}”; phones take 1.2.840.10045.4.3.2 alone`,
  'signature-form': ({ number, problem }) =>
    `Signature ${number} in export.sig is not in the form that phones take: ${problem}`,
  key: ({ list, number, problem }) =>
    `${list === 'keys' ? 'Key' : 'Revised key'} ${number} is out of range: ${problem}`,
};

/** Why bytes are no signature. */
export const der: AreaTexts<'der'> = {
  raw: 'It is raw r||s (64 bytes); it has to be an ASN.1 DER sequence of two integers',
  'not-a-sequence': 'It doesn’t begin with an ASN.1 SEQUENCE; it has to be a DER sequence of two integers',
  truncated: ({ value }) => `It ends too early: ${value} bytes`,
  trailing: 'It has bytes after the two integers',
  length: 'A length in it is not in DER’s short form',
  'not-an-integer': 'It holds something other than two ASN.1 INTEGERs',
  'not-minimal': 'An integer in it is not in its shortest form',
  negative: 'An integer in it is negative',
  'out-of-range': 'An integer in it is zero or above the order of P-256',
};

/** Why a text is no region, key id or version. */
export const name: AreaTexts<'name'> = {
  empty: 'It is empty',
  'too-long': ({ value }) => `It has ${value} characters, more than allowed`,
  character: ({ value }) => `“${value}” is not allowed in it`,
  hyphen: 'A hyphen stands at an end or beside another',
};

/** Which field of a key is out of range. */
export const tek: AreaTexts<'tek'> = {
  'key-data': ({ value }) => `its key data has ${value} bytes, exactly 16 are allowed`,
  'rolling-start': ({ value }) =>
    `its rolling start is ${value}, allowed are 0 to 2147483647, in 10-minute intervals since 1970`,
  'rolling-period': ({ value }) =>
    `its rolling period is ${value}, allowed are 1 to 144, in 10-minute intervals`,
  'transmission-risk': ({ value }) => `its transmission risk is ${value}, allowed are 0 to 8`,
  'report-type': ({ value }) => `its report type is ${value}, allowed are 0 to 5`,
  'days-since-onset': ({ value }) => `its days since onset are ${value}, allowed are −14 to 14, or none`,
  'variant-of-concern': ({ value }) => `its variant of concern is ${value}, allowed are 0 to 4`,
};

/** The figures behind how a file stands to a device rule. */
export const rule: AreaTexts<'rule'> = {
  'two-entries': 'export.bin and export.sig, nothing else',
  bytes: ({ count, max }) => `${count} of at most ${max} bytes`,
  keys: ({ count, max }) => `${count} of at most ${max} keys`,
  signers: ({ count, max }) => `${count} of at most ${max} signers`,
  signatures: ({ count, max }) => `${count} of at most ${max} signatures`,
  'equal-counts': ({ count }) => `Signers and signatures: ${count} each`,
  'one-algorithm': ({ algorithm }) => `All ${algorithm}`,
  'all-der': 'All ASN.1 DER',
  'nothing-signed': 'There is no signature',
  'names-differ': ({ place }) => `export.bin and export.sig name different keys at place ${place}`,
  'names-same': 'export.bin and export.sig name the same keys in the same order',
  'one-signer': 'There is one signer at most',
  'no-key-id': ({ place, count }) => `Signer ${place} of ${count} has no key id`,
  'every-key-id': 'Every signer has a key id',
  'stands-alone': 'batch_num and batch_size are 1',
  'not-alone': ({ batch_num, batch_size }) =>
    `batch_num is ${batch_num} and batch_size is ${batch_size}; both have to be 1`,
  'signature-not-alone': ({ place }) => `Signature ${place} has another batch_num or batch_size than 1`,
  'in-range': 'Every field of every key is in range',
  'out-of-range': ({ count, first }) => `Keys out of range: ${count}. The first: ${first}`,
  'from-to': ({ start, end }) => `From ${start} to ${end}`,
  'region-code': ({ region }) => region,
  'not-capitals': ({ region }) => `“${region}” is not in capitals`,
  'no-region-code': ({ region, problem }) => `“${region}” is no region code: ${problem}`,
  'each-once': 'No key stands in the file twice',
  repeated: ({ count, all }) => `Keys with the key data of an earlier one: ${count} of ${all}`,
  'too-few-to-order': 'There is no order in fewer than two keys',
  'by-content': 'Sorted by what the keys carry, then by key data',
  'by-key-data': 'Sorted by key data',
  unordered: 'Not sorted, so that arrival or persons may show',
  'time-unknown': 'The time isn’t known',
  'all-releasable': 'Every key ended two hours ago or earlier',
  'too-early': ({ count }) => `Keys released before their end plus two hours: ${count}`,
  'all-matched': 'Phones still match every key',
  'too-old': ({ count, all }) => `Keys too old for phones to match: ${count} of ${all}`,
};

/** What was found of a signature. */
export const signature: AreaTexts<'signature'> = {
  verifies: 'It verifies',
  wrong: 'It doesn’t verify: another key made it, or the file was changed since',
  'unknown-key': 'No public key of that name was given to verify with',
};
