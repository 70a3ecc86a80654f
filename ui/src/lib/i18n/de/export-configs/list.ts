import type { Texts } from '../..';

export const configList: Pick<
  Texts['exportConfigs'],
  | 'title'
  | 'newTitle'
  | 'newConfig'
  | 'editTitle'
  | 'cancel'
  | 'list'
  | 'empty'
  | 'states'
  | 'begins'
  | 'ends'
  | 'ended'
  | 'actions'
  | 'pauseDialog'
  | 'endDialog'
> = {
  title: 'Exportkonfigurationen',
  newTitle: 'Neu',
  newConfig: 'Neue Konfiguration',
  editTitle: (region) => `${region} bearbeiten`,
  cancel: 'Abbrechen',

  list: {
    label: 'Exportkonfigurationen',
    columns: {
      region: 'Region',
      inputs: 'Eingang',
      period: 'Periode',
      next: 'Nächstes Fenster',
      state: 'Status',
      storage: 'Speicher',
      keys: 'Schlüssel',
      actions: 'Aktionen',
    },
    search: 'Nach Region, Speicher oder Präfix suchen',
    stateFilter: 'Status',
    allStates: 'Jeder Status',
    noMatch: 'Keine Konfiguration passt',
    noMatchDetail: 'Suche oder Status über der Tabelle ändern.',
    clear: 'Alle anzeigen',
    shown: (shown, all) => `${shown} von ${all} werden angezeigt`,
    excluding: (regions) => `ohne ${regions}`,
    dueIn: (wait) => `in ${wait}`,
    dueNow: 'jetzt fällig',
    dueAt: (clock, here) => `${clock} UTC, ${here}`,
    noNext: 'keines',
  },

  empty: {
    title: 'Noch keine Exportkonfiguration',
    needsKey:
      'Eine Konfiguration legt fest, was wann exportiert wird und wer signiert. Smartphones nehmen nur signierte Dateien an; deshalb zuerst einen Signaturschlüssel erzeugen und dann die Konfiguration anlegen.',
    ready:
      'Eine Konfiguration legt fest, was wann exportiert wird und wer signiert. Ein Signaturschlüssel ist vorhanden: Die Konfiguration ist der nächste Schritt.',
    toKeys: 'Signaturschlüssel erzeugen',
    create: 'Erste Konfiguration anlegen',
    notAllowed: 'Eine Konfiguration anlegen kann nur, wer die Rolle Administration hat.',
  },

  states: { active: 'Aktiv', paused: 'Angehalten', scheduled: 'Geplant', ended: 'Beendet' },
  begins: (day) => `Beginnt ${day}`,
  ends: (day) => `Endet ${day}`,
  ended: (day) => `Beendet ${day}`,

  actions: {
    pause: 'Anhalten',
    resume: 'Fortsetzen',
    run: 'Starten',
    end: 'Beenden …',
    paused: (region) =>
      `${region} ist angehalten. Die Zeitfenster warten und werden nach dem Fortsetzen der Reihe nach nachgeholt.`,
    resumed: (region) =>
      `${region} läuft wieder. Zeitfenster, die gewartet haben, werden jetzt exportiert, die ältesten zuerst.`,
    started: (region) => `${region}: Geschlossene Zeitfenster werden jetzt exportiert.`,
  },

  pauseDialog: {
    title: (region) => `${region} anhalten?`,
    body: 'Bis zum Fortsetzen erscheint keine Datei: Smartphones erhalten keine neuen Schlüssel dieser Region und können niemanden warnen. Es geht nichts verloren: Die Zeitfenster warten und werden der Reihe nach nachgeholt.',
    confirm: 'Anhalten',
  },

  endDialog: {
    title: (region) => `${region} beenden`,
    meaning:
      'Schlüssel, die nach dem Ende eingehen, stehen in keiner ihrer Dateien; Smartphones warnen nicht mehr vor ihnen. Veröffentlichte Dateien bleiben bis zum Ende der Aufbewahrungsfrist im Index. Eine beendete Konfiguration behält ihr Präfix für immer, und ihre Stapel bleiben aufgeführt.',
    when: 'Zeitpunkt',
    later: 'Zu einem künftigen Zeitpunkt',
    now: 'Sofort',
    at: 'Ende (UTC)',
    atHint: 'Zum Beispiel 2026-12-31 00:00. Schlüssel vor diesem Zeitpunkt werden noch veröffentlicht.',
    nowMeaning: 'Das laufende Zeitfenster wird hier abgeschnitten und exportiert, sobald es geschlossen ist.',
    confirmLater: 'Ende festlegen',
    confirmNow: 'Sofort beenden',
    done: (region, at) => `${region} endet am ${at}.`,
    newer: (at) =>
      `Jemand anderes hat diese Konfiguration ${at} gespeichert. Deren Stand bleibt; nur das Ende wird gesetzt. Zum Fortfahren bitte noch einmal bestätigen.`,
    newerFields: (fields) => `Dort geändert: ${fields}.`,
    refused: {
      unreadable: 'Bitte eine Zeit wie 2026-12-31 00:00 eingeben.',
      past: 'Dieser Zeitpunkt ist vorbei. Bitte einen künftigen wählen oder sofort beenden.',
      'before-windows':
        'Bis zu einem späteren Zeitpunkt gibt es bereits Stapel, und Veröffentlichtes lässt sich nicht zurücknehmen. Bitte einen Zeitpunkt danach wählen.',
      'not-begun': 'Die Konfiguration hat noch nicht begonnen. Bitte ein Ende nach ihrem Beginn wählen.',
    },
  },
};
