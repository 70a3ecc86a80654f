import type { Texts } from '../..';

export const configPreview: Pick<Texts['exportConfigs'], 'next' | 'load' | 'traffic'> = {
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
};
