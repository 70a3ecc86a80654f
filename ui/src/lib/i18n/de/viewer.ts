import type { Texts } from '..';

export const viewer: Texts['viewer'] = {
  title: 'Datei-Betrachter',
  choose: 'Datei auswählen',
  emptyTitle: 'Eine Exportdatei hier ablegen',
  emptyText:
    'Jede Export-Zip-Datei, von jedem Server: was sie enthält, wer sie signiert hat und ob Smartphones sie annehmen würden. Nichts wird versendet.',
  region: 'Region',
  window: 'Zeitfenster',
  keys: 'Schlüssel',
  counts: (keys, revised) => `${keys} erstmals veröffentlicht, ${revised} geändert`,
  refused: (count) =>
    `und ${count} mit einem Feld außerhalb des zulässigen Bereichs, die Smartphones verwerfen`,
  batch: 'Stapelnummer',
  batchOf: (num, size) => `${num} von ${size}`,
  signed: 'SHA-256 von export.bin, dem signierten Inhalt',
  sha256: 'SHA-256 der Zip-Datei',
  byDay: 'Schlüssel nach Tag',
  byDayNote: 'der UTC-Tag, an dem ein Smartphone den Schlüssel zu benutzen begann',
  day: 'Tag',
  reportTypes: {
    unknown: 'nicht angegeben',
    'confirmed-test': 'durch Test bestätigt',
    'confirmed-clinical-diagnosis': 'klinische Diagnose',
    'self-report': 'Selbstauskunft',
    recursive: 'rekursiv',
    revoked: 'widerrufen',
  },
  keyTitle: 'Öffentliche Schlüssel für die Prüfung',
  keysUsed: (keys) => `Geprüft mit ${keys}.`,
  noKeys: 'Es liegt kein öffentlicher Schlüssel vor, deshalb ließ sich keine Signatur prüfen.',
  keysMissing: (why) => `Die beim Daemon registrierten Schlüssel fehlen: ${why}.`,
  pem: 'Weiterer öffentlicher Schlüssel als PEM',
  again: 'Auch mit diesem Schlüssel prüfen',
};
