import type { Texts } from '..';

export const exportConfigs: Texts['exportConfigs'] = {
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

  next: {
    title: 'Nächste 24 Stunden',
    zone: 'UTC',
    first: (start, end, due, age) =>
      `Erstes Zeitfenster ${start} bis ${end} UTC, veröffentlicht kurz nach ${due}: Ein Zeitfenster schließt ${age} nach seinem Ende.`,
    windows: 'Fenster',
    files: 'Dateien',
    asList: (count) => (count === 1 ? 'Das Zeitfenster in Worten' : `Alle ${count} Zeitfenster als Liste`),
    listLabel: 'Zeitfenster der nächsten 24 Stunden',
    windowHeading: 'Zeitfenster (UTC)',
    dueHeading: 'Dateien erscheinen kurz nach',
    starts: (day) => `Ab ${day} läuft das erste Zeitfenster.`,
    none: 'Es steht kein Zeitfenster bevor.',
    waiting: 'Erscheint, sobald der Zeitplan stimmt.',
    chart: (count) =>
      count === 1
        ? '1 Zeitfenster in den nächsten 24 Stunden'
        : `${count} Zeitfenster in den nächsten 24 Stunden`,
    window: (window, due) => `${window} UTC, fällig ${due}`,
  },

  load: {
    title: 'Last für Smartphones',
    source: 'solange kein Zeitfenster geteilt wird',
    sourceKeys: (days) =>
      days === 1 ? 'nach den Schlüsseln des letzten Tages' : `nach den Schlüsseln der letzten ${days} Tage`,
    split: (files) =>
      `Die Schlüssel eines Zeitfensters brauchen etwa ${files} Dateien. Mit mehr Einträgen je Datei werden es weniger.`,
    filesADay: 'Dateien pro Tag',
    ios: 'iOS nimmt höchstens an',
    android: 'Android nimmt höchstens an',
    bar: (files, ios, android) =>
      `${files} Dateien am Tag; iOS nimmt höchstens ${ios} an, Android ${android}`,
    iosShort: 'iOS',
    androidShort: 'Android',
    perDay: (count) => `${count} pro Tag`,
    fits: 'Passt für beide',
    'over-ios': 'Zu viele für iOS',
    'over-both': 'Zu viele für beide',
    fitsDetail: 'Jedes Smartphone kann die Dateien eines Tages am selben Tag laden.',
    'over-iosDetail': (limit) =>
      `iPhones nehmen ${limit} Dateien in 24 Stunden an und geraten jeden Tag weiter in Rückstand: Menschen werden spät oder nie gewarnt.`,
    'over-bothDetail': (ios, android) =>
      `iPhones nehmen ${ios} Dateien in 24 Stunden an, Android-Geräte ${android}; alle geraten jeden Tag weiter in Rückstand.`,
    longer: 'Bitte eine längere Periode wählen.',
    short: 'Unter 4 Stunden',
    shortDetail:
      'Bei einer Periode unter 4 Stunden kann schon ein geteiltes Zeitfenster oder ein Tag ohne Verbindung mehr sein, als ein Smartphone pro Tag annimmt; es muss dann später aufholen.',
    warnings: 'Einen zweiten Blick wert',
  },

  traffic: {
    title: 'Größe und Datenverkehr',
    source: (days) => (days === 1 ? 'aus dem letzten Tag' : `aus den letzten ${days} Tagen`),
    waiting: 'Erscheint, sobald Regionen und Zeitplan in Ordnung sind.',
    noKeys: 'In den letzten 14 Tagen ging kein Schlüssel ein; für eine Schätzung fehlt noch die Grundlage.',
    noKeysHere: (days) =>
      days === 1
        ? 'Seit gestern ging kein Schlüssel dieser Regionen ein; für eine Schätzung fehlt noch die Grundlage.'
        : `In den letzten ${days} Tagen ging kein Schlüssel dieser Regionen ein; für eine Schätzung fehlt noch die Grundlage.`,
    keys: 'Schlüssel am Tag',
    generated: 'Erzeugte Schlüssel am Tag',
    size: 'Alle Dateien eines Tages',
    fileSize: 'Eine Datei',
    egress: 'Downloads im Monat',
    unknown: 'nicht bekannt',
    phones: 'Angenommene Zahl der Smartphones',
    phonesHint: (standard) =>
      `Smartphones, die diese Dateien herunterladen. Ohne Angabe ${standard}; gemerkt auf diesem Computer.`,
    phonesWrong: 'Bitte eine ganze Zahl von 1 bis 10.000.000.000 eingeben.',
    how: 'Gerechnet wird: alle Dateien eines Tages × Smartphones × 30 Tage. Jedes Smartphone lädt jede Datei einmal; der kleine Index und wiederholte Downloads sind nicht enthalten.',
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

  file: {
    import: 'Importieren',
    exportAll: 'Alle exportieren',
    exportOne: 'Exportieren',
    saved: (path) => `Zur Durchsicht gespeichert: ${path}`,
    notSaved: (why) => `Es wurde nichts gespeichert. ${why}`,
  },

  import: {
    title: 'Importieren',
    chooseTitle: 'Konfigurationen aus einer Datei',
    chooseDetail:
      'Wählen Sie eine Datei, die eine Konsole gespeichert hat oder die nach einer Durchsicht geändert wurde. Sie sehen, was sie anlegen und ändern würde, bevor etwas übernommen wird.',
    choose: 'Datei wählen',
    another: 'Andere Datei',
    compareAgain: 'Erneut vergleichen',
    notAllowed:
      'Die Datei lässt sich vergleichen; übernehmen kann sie nur, wer die Rolle Administration hat.',
    none: 'Die Datei enthält keine Konfiguration',
    noneDetail: 'Bitte eine andere wählen oder zuerst eine Konfiguration exportieren.',
    written: (when) => `gespeichert am ${when}`,
    daemon: (name, environment) => `${name}, ${environment}`,
    sameDaemon: (daemon) => `Gespeichert von ${daemon}, dem Daemon, der hier gezeigt wird.`,
    otherDaemonTitle: 'Von einem anderen Daemon',
    otherDaemon: (from, here) =>
      `Gespeichert von ${from}; hier gezeigt wird ${here}. Konfigurationen werden an Speicherziel und Pfadpräfix erkannt, Signaturschlüssel an Name und Fingerabdruck.`,
    unknownDaemon:
      'Die Datei sagt nicht, von welchem Daemon sie stammt. Konfigurationen werden an Speicherziel und Pfadpräfix erkannt.',
    outcomes: {
      create: 'Neu',
      change: 'Änderung',
      outdated: 'Seit dem Speichern der Datei geändert',
      unchanged: 'Unverändert',
      refused: 'Abgelehnt',
    },
    entry: (position, region) => `${position}. ${region || 'Konfiguration ohne Region'}`,
    now: (revision) => `beim Daemon in Fassung ${revision}`,
    changes: (region) => `Was der Import von ${region} bewirken würde`,
    after: 'Nach dem Import',
    unchangedDetail: 'Beim Daemon steht sie genau so.',
    outdatedDetail: (file, now) =>
      `Nach dem Speichern der Datei hat jemand diese Konfiguration geändert: Damals war es Fassung ${file}, jetzt ist es Fassung ${now}. Der Import nimmt diese Änderungen zurück, wie die Tabelle zeigt. Beim gemeinsamen Übernehmen bleibt sie außen vor.`,
    apply: {
      create: 'Anlegen',
      change: 'Übernehmen',
      outdated: 'Neuere Fassung ersetzen',
      unchanged: '',
      refused: '',
    },
    applyAll: (count) => (count === 1 ? '1 Konfiguration übernehmen' : `${count} Konfigurationen übernehmen`),
    applied: 'Übernommen',
    conflict: 'Nicht übernommen',
    conflictDetail:
      'Jemand hat diese Konfiguration geändert, während sie hier angesehen wurde. Es wurde nichts überschrieben. Ein erneuter Vergleich zeigt die andere Fassung.',
    riskyTitle: 'Konfigurationen eines anderen Daemons auf die Produktion anwenden?',
    risky: (name) =>
      `Die Datei stammt nicht von ${name}. Was hier angewandt wird, entscheidet ab dem nächsten Zeitfenster, was die Smartphones der Bevölkerung erhalten.`,
    riskyConfirm: 'Auf die Produktion anwenden',
    problems: { label: 'Was abgelehnt wird', field: 'Feld', reason: 'Was nicht stimmt', allowed: 'Zulässig' },
  },

  review: {
    newTitle: (region) => `${region || 'Die Konfiguration'} vor dem Anlegen prüfen`,
    editTitle: (region) => `Änderungen an ${region} prüfen`,
    label: 'Was gespeichert würde',
    field: 'Feld',
    value: 'Wert',
    before: 'Jetzt',
    after: 'Nach dem Speichern',
    noChanges: 'Nichts wurde geändert, also gibt es nichts zu speichern.',
    consequenceNew:
      'Von da an exportiert der Daemon die Zeitfenster von selbst. Bis zum ersten Stapel lässt sich noch alles ändern.',
    consequenceEdit: 'Gilt ab dem nächsten Zeitfenster. Veröffentlichte Dateien bleiben, wie sie sind.',
    consequencePrefix:
      'Neue Dateien erhalten ein anderes Präfix. Smartphones lesen einen Index: Ohne Hinweis auf den neuen erhalten sie nichts Neues.',
    consequenceRegion:
      'Die Region steht in jeder Datei. Smartphones, die die bisherige erwarten, lehnen neue Dateien möglicherweise ab.',
    consequenceKeys:
      'Dateien werden mit den neuen Schlüsseln signiert. Ein Smartphone nimmt eine Datei nur an, wenn es einen davon kennt.',
    back: 'Zurück zum Formular',
    saveNew: 'Konfiguration anlegen',
    saveEdit: 'Änderungen speichern',
    created: (region) => `${region} wurde angelegt.`,
    saved: (region) => `${region} wurde gespeichert.`,
  },

  conflict: {
    title: 'Diese Konfiguration wurde inzwischen von anderer Seite gespeichert',
    detail: (when) =>
      `Von den eigenen Änderungen wurde nichts gespeichert. Die andere Fassung ist vom ${when}. Bitte die Unterschiede ansehen und dann wählen.`,
    label: 'Die andere Fassung neben der eigenen',
    field: 'Feld',
    before: 'Zu Beginn',
    theirs: 'Andere, gespeichert',
    yours: 'Eigene, nicht gespeichert',
    both: 'von beiden geändert',
    same: 'Beide Fassungen haben dieselben Werte. Die andere übernehmen genügt.',
    take: 'Andere Fassung übernehmen, eigene verwerfen',
    carry: 'Eigene Änderungen auf die andere Fassung übertragen',
    carryDetail:
      'Behält, was nur dort geändert wurde, und setzt die eigenen Änderungen darauf; das Ergebnis wird vor dem Speichern zur Prüfung angezeigt.',
  },

  values: { none: 'keine', noEnd: 'kein Ende', removed: 'nicht mehr vorhanden' },
};
