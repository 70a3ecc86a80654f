import type { Texts } from '..';

export const settings: Texts['settings'] = {
  title: 'Einstellungen',
  appearance: 'Darstellung und Sprache',
  language: 'Sprache',
  languageHelp: 'Gilt sofort. Wortlaut, den der Daemon mitliefert, ist englisch.',
  languages: { system: 'Wie im System', en: 'English', de: 'Deutsch' },
  theme: 'Farbschema',
  themeHelp: 'Wie im System: hell oder dunkel, wie das Betriebssystem es vorgibt.',
  connection: 'Verbindung',
  daemon: 'Daemon',
  address: 'Adresse',
  sealing: 'Fingerabdruck seines Versiegelungsschlüssels (SHA-256)',
  person: 'Angemeldet als',
  roles: 'Rollen',
  certificate: 'Das eigene Zertifikat endet',
  renewal: 'Es wird selbsttätig erneuert, solange die Konsole benutzt wird.',
  test: 'Verbindung prüfen',
  testSteps: 'Was geprüft wurde',
  testStep: {
    dns: 'Adresse des Daemons ermitteln',
    tcp: 'Verbindung öffnen',
    tls: 'Identität des Daemons prüfen',
    'client-certificate': 'Zertifikat dieser Konsole vorlegen',
    version: 'Versionen vergleichen',
  },
  leave: 'Diesen Daemon verlassen',
  leaveTitle: (name) => `${name} verlassen?`,
  leaveDescription:
    'Die Konsole vergisst den Daemon, und ihr Client-Schlüssel wird aus dem Schlüsselbund gelöscht. Signaturschlüssel im Schlüsselbund bleiben. Für die Rückkehr ist ein neuer Registrierungscode nötig.',
  leaveConfirm: 'Verlassen',
  left: (name) => `Verlassen: ${name}`,
};
