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
  outcome: { passed: 'bestanden', failed: 'fehlgeschlagen', waiting: 'offen' },
};
