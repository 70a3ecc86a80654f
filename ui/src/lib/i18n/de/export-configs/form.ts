import type { Texts } from '../..';

export const configForm: Pick<
  Texts['exportConfigs'],
  | 'form'
  | 'fields'
  | 'regions'
  | 'travelers'
  | 'travelersShort'
  | 'policies'
  | 'policyHints'
  | 'policyUnit'
  | 'policyUnitMore'
  | 'policyValue'
  | 'storage'
  | 'keys'
  | 'times'
  | 'steps'
  | 'unfinished'
  | 'clone'
  | 'values'
> = {
  form: {
    what: 'Inhalt',
    when: 'Zeitplan',
    storage: 'Ablage',
    signing: 'Signatur',
    label: 'Exportkonfiguration',
    review: 'Prüfen',
    checking: 'Wird geprüft …',
    fix: (count) =>
      count === 1 ? 'Ein Feld muss geändert werden.' : `${count} Felder müssen geändert werden.`,
    cantCheck: 'Der Daemon kann das Formular jetzt nicht prüfen',
    cantCheckDetail:
      'Die Eingabe kann weitergehen; nichts geht verloren. Geprüft wird bei der nächsten Änderung erneut und vor dem Speichern.',
    away: 'Erscheint, sobald der Daemon antwortet.',
    elsewhere: 'Vom Daemon abgelehnt',
    unreadable: {
      number: { reason: 'das ist keine ganze Zahl', allowed: 'Ziffern, zum Beispiel 1000 oder 1.000' },
      time: {
        reason: 'das ist keine Zeitangabe',
        allowed: 'Jahr-Monat-Tag Stunde:Minute in UTC, zum Beispiel 2026-11-23 16:00',
      },
    },
    notAllowed: 'Diese Konfiguration ist sichtbar; ändern kann sie nur, wer die Rolle Administration hat.',
  },

  fields: {
    outputRegion: {
      label: 'Ausgaberegion',
      hint: 'Steht in jeder Datei. Buchstaben, Ziffern und Bindestrich, gespeichert in Großbuchstaben.',
    },
    inputRegions: {
      label: 'Eingangsregionen',
      hint: 'Schlüssel mit einer dieser Regionen werden aufgenommen. Leer bedeutet: nur die Ausgaberegion.',
    },
    excludedRegions: {
      label: 'Ausgeschlossene Regionen',
      hint: 'Schlüssel mit einer dieser Regionen bleiben draußen, was immer sie sonst tragen.',
    },
    travelers: { label: 'Reisende', hint: '' },
    periodMinutes: {
      label: 'Periode',
      hint: 'Teilt einen Tag ohne Rest. Smartphones nehmen pro Tag 15 Dateien bei iOS und 20 bei Android an.',
    },
    smallBatch: { label: 'Kleine Stapel', hint: '' },
    minimum: { label: 'Mindestens', hint: '' },
    jitter: { label: 'Zuzüglich bis zu', hint: '' },
    storageTarget: {
      label: 'Speicherziel',
      hint: 'Die Ziele sind in der Konfiguration des Daemons benannt.',
    },
    pathPrefix: {
      label: 'Pfadpräfix',
      hint: 'Unterhalb des Ziels. Kleinbuchstaben, Ziffern, - und _, Teile durch / getrennt. Nie von einer anderen Konfiguration benutzt.',
    },
    signingKeyIds: {
      label: 'Signaturschlüssel',
      hint: 'Einer bis zehn; jede Datei trägt eine Signatur von jedem, der neueste zuerst.',
    },
    validFrom: {
      label: 'Gültig ab',
      hint: 'Der erste erfasste Zeitpunkt; das erste Zeitfenster beginnt genau hier.',
    },
    validThrough: {
      label: 'Gültig bis',
      hint: 'Der erste nicht mehr erfasste Zeitpunkt. Leer bedeutet: kein Ende.',
    },
    maxRecordsPerFile: {
      label: 'Höchstzahl Schlüssel je Datei',
      hint: 'Ein größeres Zeitfenster ergibt mehrere Dateien. Höchstens 750.000.',
    },
  },

  regions: {
    outputAlone: (region) => `nur ${region || 'die Ausgaberegion'}`,
  },

  travelers: {
    ignore: 'Kein Unterschied: Eingangsregionen, mit Reisenden',
    include: 'Einschließen: auch Reisende aus jeder Region',
    'only-non-travelers': 'Auslassen: Eingangsregionen ohne Reisende',
  },
  travelersShort: {
    ignore: 'Kein Unterschied',
    include: 'Reisende aller Regionen einschließen',
    'only-non-travelers': 'Reisende auslassen',
  },

  policies: {
    pad: 'Mit erzeugten Schlüsseln auffüllen',
    hold: 'Bis zum nächsten Zeitfenster zurückstellen',
    release: 'Unverändert veröffentlichen',
  },
  policyHints: {
    pad: 'Ein Zeitfenster mit weniger Schlüsseln wird aufgefüllt, damit niemand erkennbar ist. Erzeugte Schlüssel sehen aus wie echte und passen zu keinem Smartphone.',
    hold: 'Ein Zeitfenster mit weniger Schlüsseln ergibt keine Datei; seine Schlüssel erscheinen mit dem nächsten.',
    release:
      'Auch ein einzelner Schlüssel erscheint allein. In einer kleinen Region kann das auf eine Person hinweisen.',
  },
  policyUnit: 'Schlüssel',
  policyUnitMore: 'weitere, zufällig',
  policyValue: {
    pad: (minimum, jitter) => `Auffüllen auf ${minimum} + bis zu ${jitter}`,
    hold: (minimum) => `Zurückstellen unter ${minimum} Schlüsseln`,
    release: 'Unverändert veröffentlichen',
  },

  storage: {
    locked: 'Festgelegt: Es gibt bereits Stapel, und Smartphones lesen den Index dort.',
    choose: 'Ziel wählen',
    none: 'Der Daemon hat kein Speicherziel. Der Betrieb ergänzt eines in seiner Konfiguration und lädt sie neu.',
    test: 'Schreibprobe',
    testing: 'Wird geprüft …',
    passed: 'Schreibprobe bestanden',
    failed: 'Schreibprobe fehlgeschlagen',
    missing: (name) => `${name} (nicht mehr konfiguriert)`,
  },

  keys: {
    none: 'Es gibt noch keinen Signaturschlüssel. Smartphones nehmen nur signierte Dateien an.',
    generate: 'Signaturschlüssel erzeugen',
    states: {
      generated: 'Signiert noch nicht',
      introduced: 'Signiert; von Google und Apple noch nicht bestätigt',
      active: 'Signiert',
      retiring: 'Signiert bis zu seinem Ende',
      retired: 'Ausgemustert: signiert nicht mehr',
      revoked: 'Widerrufen: signiert nie wieder',
    },
    created: (day) => `erzeugt ${day}`,
    gone: 'Nicht mehr vorhanden',
  },

  times: {
    lockedStart:
      'Festgelegt: Es gibt bereits Stapel; ein anderer Beginn würde Schlüssel auslassen oder doppelt veröffentlichen.',
  },

  steps: {
    label: 'Schritte zu einer neuen Konfiguration',
    names: {
      content: 'Region und Schlüssel',
      schedule: 'Zeitplan',
      storage: 'Ablage',
      signing: 'Signatur',
      review: 'Prüfung',
    },
    at: (step, all, name) => `Schritt ${step} von ${all}: ${name}`,
    back: 'Zurück',
    next: (name) => `Weiter: ${name}`,
    checkAgain: 'Erneut prüfen',
  },

  unfinished: {
    title: 'Wieder aufgenommen',
    detail: 'Diese Konfiguration wurde begonnen und verlassen. Beim Daemon ist davon nichts gespeichert.',
    edit: 'Diese Konfiguration wurde geändert und verlassen. Beim Daemon ist davon nichts gespeichert.',
    startOver: 'Neu beginnen',
  },

  clone: {
    action: 'Kopieren',
    title: (region) => `Kopie von ${region}`,
    note: (region) =>
      `Alles ist wie in ${region}, die bleibt, wie sie ist – bis auf das, was zwei Konfigurationen nicht teilen können:`,
    leftOut: {
      region: 'Die Ausgaberegion ist leer: Bitte die eintragen, für die die Kopie gedacht ist.',
      prefix:
        'Das Pfadpräfix ist leer: Ein Präfix gehört für immer einer Konfiguration. Mit der Region wird eines vorgeschlagen.',
      start: 'Sie beginnt mit dem laufenden Zeitfenster: Vergangene werden nicht noch einmal erzeugt.',
      end: 'Sie hat kein Ende: Das der anderen wird nicht übernommen.',
      keys: 'Signaturschlüssel, die nie wieder signieren, sind weggelassen.',
    },
  },

  values: { none: 'keine', noEnd: 'kein Ende', removed: 'nicht mehr vorhanden' },
};
