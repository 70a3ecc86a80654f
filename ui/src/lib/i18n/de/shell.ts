import type { Texts } from '..';

export const shell: Texts['shell'] = {
  product: 'Tekport-Konsole',
  mainNavigation: 'Hauptnavigation',
  environment: { production: 'Produktion', staging: 'Vorproduktion', test: 'Test' },
  overview: 'Übersicht',
  publishing: 'Veröffentlichung',
  exportConfigs: 'Exportkonfigurationen',
  batches: 'Stapel',
  viewer: 'Datei-Betrachter',
  signingDesk: 'Signierplatz',
  trust: 'Vertrauen',
  signingKeys: 'Signaturschlüssel',
  administration: 'Verwaltung',
  people: 'Personen',
  storage: 'Speicher',
  settings: 'Einstellungen',
  certificateDays: (days) =>
    days < 0
      ? 'Zertifikat abgelaufen'
      : days === 1
        ? 'Zertifikat: noch 1 Tag'
        : `Zertifikat: noch ${days} Tage`,
  theme: 'Farbschema',
  themes: { system: 'Wie im System', light: 'Hell', dark: 'Dunkel' },
  notFoundTitle: 'Diese Seite gibt es nicht',
  notFoundText: 'Die Adresse stammt aus einer anderen Version der Konsole oder enthält einen Tippfehler.',
  toOverview: 'Zur Übersicht',
  startFailedTitle: 'Die Konsole konnte nicht starten',
  palette: {
    title: 'Befehlspalette',
    open: 'Suchen oder Befehl ausführen',
    placeholder: 'Seite, Konfiguration, Schlüssel, Stapel oder Befehl',
    hint: 'Tippen sucht. Die Pfeiltasten wählen aus, die Eingabetaste öffnet, Esc schließt.',
    results: 'Treffer',
    nothing: 'Nichts gefunden. Bitte weniger Buchstaben versuchen.',
    count: (count) => `${count} Treffer`,
    pages: 'Seiten',
    actionsHeading: 'Befehle',
    daemons: 'Andere Daemons',
    actions: {
      newConfig: 'Exportkonfiguration anlegen',
      generateKey: 'Signaturschlüssel erzeugen oder verwalten',
      sign: 'Stapel prüfen und signieren',
      invite: 'Person einladen',
      testStorage: 'Speicherziel prüfen',
      join: 'Mit einem weiteren Daemon verbinden',
    },
  },
  shortcuts: {
    title: 'Tastenkürzel',
    note: 'Tasten ohne Strg wirken, solange nirgends getippt wird; unter Einstellungen sind sie abschaltbar.',
    ctrlK: 'Strg K',
    esc: 'Esc',
    palette: 'Suchen oder Befehl ausführen',
    close: 'Schließen, was obenauf liegt',
    filter: 'Zum Filter der Seite',
    help: 'Diese Übersicht',
    goTo: (page) => `Gehe zu: ${page}`,
  },
  daemons: {
    switch: 'Andere Daemons',
    goTo: (name) => `Zu ${name} wechseln`,
    another: 'Mit einem weiteren Daemon verbinden',
    failed: (detail) => `Der Wechsel ist nicht gelungen: ${detail}`,
  },
  outcome: { passed: 'bestanden', failed: 'fehlgeschlagen', waiting: 'offen' },
};
