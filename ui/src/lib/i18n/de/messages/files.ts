import type { AreaTexts } from '../../message-texts';

const ENTRIES = 'erlaubt sind genau export.bin und export.sig';

export const archive: AreaTexts<'archive'> = {
  'not-a-zip': 'Das ist kein ZIP-Archiv',
  end: 'Das ZIP ist abgeschnitten oder hat nach seinem Ende einen Kommentar oder andere Bytes',
  'zip64-or-volumes':
    'Das ZIP verwendet ZIP64 oder mehrere Teile, was keine Exportdatei braucht und Smartphones ablehnen',
  'entry-count': ({ value }) => `Einträge im ZIP: ${value}; ${ENTRIES}`,
  duplicate: ({ value }) => `Das ZIP hat den Eintrag ${value} zweimal; ${ENTRIES}`,
  'wrong-order': 'Im ZIP steht export.sig vor export.bin; export.bin muss zuerst kommen',
  'unexpected-entry': ({ value }) => `Das ZIP hat einen Eintrag namens „${value}“; ${ENTRIES}`,
  encrypted: ({ value }) => `${value} ist im ZIP verschlüsselt und muss unverschlüsselt sein`,
  flags: ({ name, flags }) => `${name} hat die ZIP-Flags ${flags}, die keine Exportdatei braucht`,
  method: ({ name, method }) =>
    `${name} ist nach Verfahren ${method} komprimiert; erlaubt sind 0 (stored) und 8 (deflate)`,
  extra: ({ value }) =>
    `${value} hat ein ZIP-Zusatzfeld, das einen anderen Namen oder eine andere Größe verbergen kann`,
  mismatch: ({ name }) => `Das Verzeichnis des ZIP und der Eintrag ${name} widersprechen sich`,
  damaged: 'Das Verzeichnis des ZIP oder einer seiner Einträge ist beschädigt',
  'too-large': ({ name, size, max }) =>
    `${name} wäre entpackt ${size} Byte groß; gelesen werden höchstens ${max} Byte`,
  deflate: ({ value }) => `Die komprimierten Daten von ${value} sind beschädigt`,
  size: ({ value }) => `${value} ist entpackt nicht so groß, wie das ZIP angibt`,
  checksum: ({ value }) => `${value} hat nicht die Prüfsumme, die das ZIP angibt`,
};

export const open: AreaTexts<'open'> = {
  'too-large': ({ value }) => `Die Datei ist ${value} Byte groß, mehr als gelesen wird`,
  'bin-too-large': ({ value }) => `export.bin ist ${value} Byte groß, mehr als gelesen wird`,
  magic: 'export.bin beginnt nicht mit „EK Export v1“, mit Leerzeichen auf 16 Byte ergänzt',
  truncated: ({ at }) => `export.bin endet in dem Feld, das bei Byte ${at} beginnt`,
  malformed: ({ at }) => `export.bin ist ab Byte ${at} keine gültige Protobuf-Nachricht`,
  'field-too-long': ({ number, at }) =>
    `Feld ${number} bei Byte ${at} von export.bin ist länger, als ein solches Feld sein kann`,
  'too-many-keys': 'export.bin enthält mehr als doppelt so viele Schlüssel, wie Smartphones annehmen',
  'too-many-signatures': ({ value }) => `${value} enthält viel zu viele Signaturen; erlaubt sind 1 bis 10`,
  'signature-list': 'export.sig ist abgeschnitten oder keine Liste von Signaturen in Protobuf',
};

export const flaw: AreaTexts<'flaw'> = {
  'no-signature': 'Die Datei hat keine Signatur: export.sig ist leer; nötig sind 1 bis 10',
  'signature-count': ({ infos, signatures }) =>
    `Signierende laut export.bin: ${infos}, Signaturen in export.sig: ${signatures}; beide Anzahlen müssen gleich sein`,
  algorithm: ({ entry, number, found }) =>
    `Signatur ${number} in ${entry} hat das Verfahren „${found}“; Smartphones nehmen nur 1.2.840.10045.4.3.2 an`,
  'signature-form': ({ number, problem }) =>
    `Signatur ${number} in export.sig hat nicht die Form, die Smartphones annehmen: ${problem}`,
  key: ({ list, number, problem }) =>
    `${list === 'keys' ? 'Schlüssel' : 'Geänderter Schlüssel'} ${number} liegt außerhalb des Erlaubten: ${problem}`,
};

export const der: AreaTexts<'der'> = {
  raw: 'Sie besteht aus r||s (64 Byte) und muss eine ASN.1-DER-Folge zweier Ganzzahlen sein',
  'not-a-sequence':
    'Sie beginnt nicht mit einer ASN.1-SEQUENCE und muss eine DER-Folge zweier Ganzzahlen sein',
  truncated: ({ value }) => `Sie endet zu früh: ${value} Byte`,
  trailing: 'Nach den zwei Ganzzahlen folgen weitere Bytes',
  length: 'Eine Längenangabe hat nicht die Kurzform von DER',
  'not-an-integer': 'Sie enthält etwas anderes als zwei ASN.1-INTEGER',
  'not-minimal': 'Eine Ganzzahl hat nicht ihre kürzeste Form',
  negative: 'Eine Ganzzahl ist negativ',
  'out-of-range': 'Eine Ganzzahl ist null oder größer als die Ordnung von P-256',
};

export const name: AreaTexts<'name'> = {
  empty: 'Die Angabe fehlt',
  'too-long': ({ value }) => `Es sind ${value} Zeichen, mehr als erlaubt`,
  character: ({ value }) => `„${value}“ ist darin nicht erlaubt`,
  hyphen: 'Ein Bindestrich steht am Rand oder neben einem anderen',
};

export const tek: AreaTexts<'tek'> = {
  'key-data': ({ value }) => `seine Schlüsseldaten haben ${value} Byte, erlaubt sind genau 16`,
  'rolling-start': ({ value }) =>
    `sein Rolling Start ist ${value}, erlaubt sind 0 bis 2147483647 in 10-Minuten-Intervallen seit 1970`,
  'rolling-period': ({ value }) =>
    `seine Rolling Period ist ${value}, erlaubt sind 1 bis 144 in 10-Minuten-Intervallen`,
  'transmission-risk': ({ value }) => `sein Übertragungsrisiko ist ${value}, erlaubt sind 0 bis 8`,
  'report-type': ({ value }) => `seine Art der Meldung ist ${value}, erlaubt sind 0 bis 5`,
  'days-since-onset': ({ value }) =>
    `seine Tage seit Symptombeginn sind ${value}, erlaubt sind −14 bis 14 oder keine Angabe`,
  'variant-of-concern': ({ value }) => `seine besorgniserregende Variante ist ${value}, erlaubt sind 0 bis 4`,
};

export const rule: AreaTexts<'rule'> = {
  'two-entries': 'export.bin und export.sig, sonst nichts',
  bytes: ({ count, max }) => `${count} von höchstens ${max} Byte`,
  keys: ({ count, max }) => `${count} von höchstens ${max} Schlüsseln`,
  signers: ({ count, max }) => `${count} von höchstens ${max} Signierenden`,
  signatures: ({ count, max }) => `${count} von höchstens ${max} Signaturen`,
  'equal-counts': ({ count }) => `Signierende und Signaturen: je ${count}`,
  'one-algorithm': ({ algorithm }) => `Überall ${algorithm}`,
  'all-der': 'Überall ASN.1 DER',
  'nothing-signed': 'Es gibt keine Signatur',
  'names-differ': ({ place }) => `export.bin und export.sig nennen an Stelle ${place} verschiedene Schlüssel`,
  'names-same': 'export.bin und export.sig nennen dieselben Schlüssel in derselben Reihenfolge',
  'one-signer': 'Es gibt höchstens einen Signierenden',
  'no-key-id': ({ place, count }) => `Signierender ${place} von ${count} hat keine Schlüssel-ID`,
  'every-key-id': 'Alle Signierenden haben eine Schlüssel-ID',
  'stands-alone': 'batch_num und batch_size sind 1',
  'not-alone': ({ batch_num, batch_size }) =>
    `batch_num ist ${batch_num} und batch_size ist ${batch_size}; beide müssen 1 sein`,
  'signature-not-alone': ({ place }) => `Signatur ${place} hat batch_num oder batch_size ungleich 1`,
  'in-range': 'Jedes Feld jedes Schlüssels liegt im erlaubten Bereich',
  'out-of-range': ({ count, first }) => `Schlüssel außerhalb des Erlaubten: ${count}. Der erste: ${first}`,
  'from-to': ({ start, end }) => `Von ${start} bis ${end}`,
  'region-code': ({ region }) => region,
  'not-capitals': ({ region }) => `„${region}“ ist nicht in Großbuchstaben geschrieben`,
  'no-region-code': ({ region, problem }) => `„${region}“ ist kein Regionscode: ${problem}`,
  'each-once': 'Kein Schlüssel steht zweimal in der Datei',
  repeated: ({ count, all }) => `Schlüssel mit den Daten eines früheren: ${count} von ${all}`,
  'too-few-to-order': 'Weniger als zwei Schlüssel haben keine Reihenfolge',
  'by-content': 'Sortiert nach dem Inhalt der Schlüssel, dann nach ihren Daten',
  'by-key-data': 'Sortiert nach den Schlüsseldaten',
  unordered: 'Nicht sortiert, sodass Eingang oder Personen erkennbar sein können',
  'time-unknown': 'Die Zeit ist nicht bekannt',
  'all-releasable': 'Jeder Schlüssel ist seit mindestens zwei Stunden abgelaufen',
  'too-early': ({ count }) => `Früher als zwei Stunden nach ihrem Ende veröffentlichte Schlüssel: ${count}`,
  'all-matched': 'Smartphones gleichen noch jeden Schlüssel ab',
  'too-old': ({ count, all }) => `Für den Abgleich auf Smartphones zu alte Schlüssel: ${count} von ${all}`,
};

export const signature: AreaTexts<'signature'> = {
  verifies: 'Sie ist gültig',
  wrong: 'Sie ist ungültig: Ein anderer Schlüssel hat sie gemacht, oder die Datei wurde danach verändert',
  'unknown-key': 'Zum Prüfen gab es keinen öffentlichen Schlüssel dieses Namens',
};
