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
  passed: 'Schreibprobe bestanden',
  failed: 'Prüfung fehlgeschlagen',
  untested: 'Nicht geprüft',
  steps: {
    write: 'Kleine Datei schreiben',
    read: 'Zurücklesen',
    compare: 'Mit dem Geschriebenen vergleichen',
    delete: 'Löschen',
  },
};
