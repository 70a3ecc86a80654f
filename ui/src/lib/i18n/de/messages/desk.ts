import type { AreaTexts } from '../../message-texts';

export const desk: AreaTexts<'desk'> = {
  digest: ({ sha256 }) => `SHA-256 ${sha256}`,
  'digest-differs': ({ sha256, announced }) =>
    `Die Bytes haben den SHA-256-Wert ${sha256}, der Daemon nennt ${announced}`,
  canonical: ({ bytes }) => `export.bin mit ${bytes} Byte, und nichts als Kopf und Schlüssel`,
  name: ({ text, problem }) => `„${text}“ in export.bin: ${problem}`,
  form: 'export.bin ist nicht so geschrieben, wie Tekport schreibt: Felder sind unbekannt, doppelt oder in anderer Form',
  impossible: 'Aus diesem Kopf und diesen Schlüsseln kann keine Datei werden',
  unordered: ({ list }) =>
    `Die ${list === 'keys' ? 'Schlüssel' : 'geänderten Schlüssel'} sind nicht sortiert, sodass Eingang oder Personen erkennbar sein können`,
  region: ({ region }) => region,
  window: ({ start, end, batch_start, batch_end }) =>
    `Von ${start} bis ${end}; der Stapel reicht von ${batch_start} bis ${batch_end}`,
  counts: ({ keys, revised, bytes, said_keys, said_revised, said_bytes }) =>
    `${keys} Schlüssel und ${revised} geänderte in ${bytes} Byte; der Daemon nennt ${said_keys} und ${said_revised} in ${said_bytes}`,
  keys: ({ count, max }) => `${count} von höchstens ${max} Schlüsseln`,
  ordered: 'Nach dem Inhalt der Schlüssel, dann nach ihren Daten',
  'rules-kept': ({ count }) => `Eingehaltene Regeln: ${count}`,
  'rules-broken': ({ rules }) => rules,
  signers: ({ named, awaited }) => `Die Datei nennt ${named}; der Stapel wartet auf ${awaited}`,
  'nothing-signed': 'Diese Konsole hat für dieses Zeitfenster noch nichts signiert',
  'same-signed': 'Diese Konsole hat dieselben Bytes schon einmal signiert',
  refused: ({ times }) => `Der Daemon hat sie ${times}-mal nacheinander abgelehnt`,
  'others-signed': ({ digests }) =>
    `Diese Konsole hat für dieses Zeitfenster schon andere Bytes signiert: ${digests}`,
  config: ({ batch, config }) => `Der Stapel gehört zu ${batch}, die Konfiguration zu ${config}`,
  'not-approved': 'Diese Konfiguration wurde auf diesem Computer von niemandem freigegeben',
  'as-approved': ({ at }) => `Wie freigegeben (${at})`,
  'changed-since': ({ at, fields }) => `Seit der Freigabe (${at}) geändert: ${fields}`,
  closes: ({ end, now }) => `Ende des Zeitfensters: ${end}; Uhr dieses Computers: ${now}`,
  within: ({ start, end, minutes }) =>
    `Von ${start} bis ${end}; Zeitfenster dauern höchstens ${minutes} Minuten`,
  grid: ({ start, end, minutes }) => `Von ${start} bis ${end}, alle ${minutes} Minuten`,
  ended: ({ at }) => `Ende des Zeitfensters: ${at}; aktuell ist es 30 Tage lang`,
  'nobody-signs': 'Der Stapel nennt niemanden, der signieren muss',
  stranger: ({ name, fingerprint }) => `${name} (${fingerprint}) signiert nicht für diese Konfiguration`,
  known: ({ names }) => names,
  files: ({ numbers }) => `Dateien: ${numbers}`,
};

export const term: AreaTexts<'term'> = {
  'config-id': 'die Konfiguration selbst',
  'output-region': 'Ausgaberegion',
  'period-minutes': 'Periode',
  'valid-from': 'Beginn',
  'valid-through': 'Ende',
  'storage-target': 'Speicherziel',
  'path-prefix': 'Pfad',
  'max-records-per-file': 'Schlüssel je Datei höchstens',
  signers: 'Signierende',
};
