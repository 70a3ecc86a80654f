import type { Texts } from '..';

export const storage: Texts['storage'] = {
  title: 'Speicher',
  lead: 'Speicherziele stehen in der Konfiguration des Daemons, damit keine Konsole ihn an andere Orte schreiben lassen kann.',
  emptyTitle: 'Kein Speicherziel',
  emptyText:
    'Der Daemon hat keinen Ort für Exportdateien. Einen Abschnitt [storage.<name>] in seine Konfiguration aufnehmen und ihn neu starten.',
  kinds: {
    folder: 'Ordner',
    s3: 'Amazon S3',
    gcs: 'Google Cloud Storage',
    azure: 'Azure Blob Storage',
  },
  location: 'Ort',
  publicUrl: 'Smartphones laden von',
  noPublicUrl: 'Dem Daemon nicht bekannt. In seiner Konfiguration public_url für dieses Ziel setzen.',
  copyUrl: 'Adresse kopieren',
  urlOf: (name) => `die öffentliche Adresse von ${name}`,
  test: 'Prüfen',
  lastTest: 'Letzte Prüfung',
  notTested: 'Seit dem Start des Daemons nicht geprüft.',
  states: {
    passed: 'Schreibprobe bestanden',
    failed: 'Prüfung fehlgeschlagen',
    recovered: 'Funktioniert wieder',
    untested: 'Nicht geprüft',
    fails: 'Versagt',
    keeps: 'Löscht nichts',
  },
  problem: {
    publishing: 'Es kann nichts Neues veröffentlicht werden',
    keeps: 'Dateien lassen sich nach ihrer Aufbewahrungsfrist nicht löschen',
    since: 'seit',
    again:
      'Der Daemon versucht es von selbst erneut. Bitte die Ursache beheben; eine Prüfung zeigt, ob das geholfen hat.',
  },
  recovered: 'Was in dieser Prüfung fehlschlug, funktioniert seit:',
  steps: {
    write: 'Kleine Datei schreiben',
    read: 'Zurücklesen',
    compare: 'Mit dem Geschriebenen vergleichen',
    delete: 'Löschen',
  },
};
