import type { Texts } from '..';

export const findAKey: Texts['findAKey'] = {
  title: 'Schlüssel finden',
  lead: 'Warum ist ein Schlüssel in keiner Datei? Hier lässt sich fragen, ob er eingegangen ist, ab wann er veröffentlicht werden darf und in welcher Datei er steht oder welche Regel ihn heraushält.',
  notYoursTitle: 'Nur Betrieb und Administration suchen nach Schlüsseln',
  notYoursText: 'Sicherheitsbeauftragte können eine dieser Rollen vergeben.',

  off: {
    title: 'Auf diesem Daemon ausgeschaltet',
    why: 'Wer den Schlüssel einer Person hat, könnte hier erfahren, ob sie gemeldet wurde. Darum lässt sich nach Schlüsseln nur suchen, wenn die eigene Konfiguration des Daemons es erlaubt.',
    how: 'Zum Einschalten kommen diese Zeilen in die Konfigurationsdatei des Daemons:',
    lines: 'Zeilen der Konfiguration des Daemons',
    copy: 'Zeilen kopieren',
    then: 'Danach tekportd neu starten. Jede Frage steht im Audit-Protokoll, ohne den Schlüssel.',
  },

  question: {
    title: 'Frage',
    what: 'Was liegt vor?',
    kinds: {
      key: {
        name: 'Ein Schlüssel',
        help: 'Seine 16 Bytes, wie ein Smartphone oder eine Gesundheitsbehörde sie nennt.',
      },
      receipt: {
        name: 'Eine Zeit und eine Region',
        help: 'Wie viele Schlüssel einer Region um diese Zeit eingingen, und welche Zeitfenster und Dateien sie aufnahmen.',
      },
    },
    key: 'Schlüssel',
    keyHelp: 'Base64 oder hexadezimal. Er geht an den Daemon und wird nirgends aufbewahrt.',
    read: {
      hex: 'Ein ganzer Schlüssel, hexadezimal',
      base64: 'Ein ganzer Schlüssel, in Base64',
      short: (bytes) => `Bisher ${bytes} von 16 Bytes`,
      long: (bytes) => `${bytes} Bytes sind zu viele: ein Schlüssel hat 16`,
      character: (character) =>
        `„${character}“ steht in keinem Schlüssel: Base64 und Hexadezimal haben Buchstaben, Ziffern und + / =`,
      broken: 'Das ist kein Base64 von 16 Bytes: ein Zeichen fehlt, ist falsch oder zu viel',
    },
    time: 'Eingegangen um',
    timeHelp: 'Als Zeit in UTC.',
    timeWrong: 'Das ist keine Zeit. So schreiben: 2026-11-23 16:00.',
    region: 'Region',
    regionHelp: 'Eine Region, die an den Schlüsseln stand, allein oder neben anderen.',
    ask: 'Finden',
    audited: 'Das Audit-Protokoll hält fest, dass gefragt wurde, und nichts vom Schlüssel.',
  },

  answer: {
    noneTitle: 'Der Daemon hat diesen Schlüssel nicht',
    noneText: 'Er steht nicht in der Datenbank. Das hat einen dieser Gründe:',
    noneReasons: (days) => [
      'Er ist nie eingegangen, oder er ist vertippt.',
      'Er wurde beim Eingang abgelehnt; den Grund hat der Absender erhalten.',
      `Er wurde gelöscht: Schlüssel bleiben bis ${days} d nach ihrer Veröffentlichung.`,
    ],
    firstReport: 'Erste Meldung',
    revision: (revision) => `Änderung ${revision}`,
    receipt: {
      title: 'Was einging',
      count: (keys, count, region, from, until) =>
        count === 1
          ? `${keys} Schlüssel von ${region} ging von ${from} bis ${until} UTC ein.`
          : `${keys} Schlüssel von ${region} gingen von ${from} bis ${until} UTC ein.`,
      none: (region, from, until) =>
        `Von ${from} bis ${until} UTC ging kein Schlüssel von ${region} ein, oder es ist keiner mehr da. Darunter steht, wohin einer gelangt wäre.`,
      noneReasons: (days) => [
        'Wer Schlüssel sendet, hat damals keine gesendet oder eine andere Region angegeben.',
        'Sie wurden beim Eingang abgelehnt; den Grund hat der Absender erhalten.',
        `Sie wurden gelöscht: Schlüssel bleiben bis ${days} d nach ihrer Veröffentlichung.`,
      ],
      notCounted: 'Änderungen von Schlüsseln zählen wie erste Meldungen; erzeugte Schlüssel gehen nie ein.',
      over: 'Beim Eingang nicht mehr gültig',
      still: 'Beim Eingang noch gültig',
      keys: (keys) => `${keys} Schlüssel`,
      noneCame: 'keiner ging ein',
      travelers: 'von Reisenden',
      wouldGo: (window) => `Einer würde zum Zeitfenster ${window} UTC gehören.`,
    },
    valid: (window) => `gültig ${window} UTC`,
    waits: (time) => `wartet bis ${time}`,
    noConfigs: 'Es gibt noch keine Exportkonfiguration, darum gelangt kein Schlüssel in eine Datei.',
    toBatch: 'Zum Stapel',
    way: (region) => `Der Weg nach ${region}`,
    asOf: 'Stand',
  },

  outcomes: {
    'region-not-taken': 'Region nicht dabei',
    'region-excluded': 'Region ausgeschlossen',
    traveler: 'Schlüssel von Reisenden',
    'before-start': 'Vor Beginn der Konfiguration',
    ended: 'Nach Ende der Konfiguration',
    embargoed: 'Noch gültig',
    'window-open': 'In einem künftigen Zeitfenster',
    paused: 'Konfiguration angehalten',
    waiting: 'Wartet auf seinen Stapel',
    'held-over': 'Zurückgestellt',
    superseded: 'Vor der Veröffentlichung geändert',
    'revoked-before-release': 'Vor der Veröffentlichung widerrufen',
    published: 'Veröffentlicht',
    withdrawn: 'Nicht mehr im Index',
    missing: 'Fehlt',
    'no-file': 'Keine Datei',
  },

  sentences: {
    embargoed: (window) =>
      `Smartphones senden ihn vielleicht noch aus, darum wartet er. Veröffentlicht wird er mit dem Zeitfenster ${window} UTC.`,
    embargoedGroup: (window) =>
      `Smartphones senden sie vielleicht noch aus, darum warten sie. Veröffentlicht werden sie mit dem Zeitfenster ${window} UTC.`,
    windowOpen: (window, due) =>
      `Die Veröffentlichung folgt mit dem Zeitfenster ${window} UTC, dessen Export am ${due} oder bald danach beginnt.`,
    paused: (window) =>
      `Das Zeitfenster ${window} UTC ist fällig, aber die Konfiguration ist angehalten. Der Export folgt, sobald sie fortgesetzt wird.`,
    waiting: (window) =>
      `Das Zeitfenster ${window} UTC ist fällig; der Daemon erstellt den Stapel beim nächsten Durchgang.`,
    waitingBatch: (window, state) =>
      `Der Stapel des Zeitfensters ${window} UTC ist nicht veröffentlicht. Stand: ${state}.`,
    heldOver: (windows, window) =>
      `${windows === 1 ? 'Das Zeitfenster war' : `${windows} Zeitfenster waren`} zu klein für eine eigene Veröffentlichung. Der Inhalt kommt in das Zeitfenster ${window} UTC.`,
    published: (files) =>
      files === 1
        ? 'In dieser Datei, die Smartphones abholen.'
        : `In diesen ${files} Dateien, die Smartphones abholen.`,
    publishedRevised: 'In dieser Datei, die Smartphones abholen, unter den geänderten Schlüsseln.',
    withdrawn: (files, time) =>
      files === 1
        ? `In dieser Datei, die seit ${time} nicht mehr im Index ist.`
        : `In einer dieser ${files} Dateien, die seit ${time} nicht mehr im Index sind.`,
    plain: {
      'region-not-taken': 'Die Konfiguration nimmt keine dieser Regionen auf.',
      'region-excluded': 'Die Konfiguration schließt eine dieser Regionen aus.',
      traveler: 'Er gehört Reisenden, und die Konfiguration nimmt keine Schlüssel von Reisenden auf.',
      'before-start': 'Er durfte veröffentlicht werden, bevor die Konfiguration begann.',
      ended: 'Die Konfiguration war beendet, bevor er veröffentlicht werden durfte.',
      superseded: 'Er wurde vor der Veröffentlichung geändert. Veröffentlicht wird der spätere Stand.',
      'revoked-before-release':
        'Er wurde vor der Veröffentlichung widerrufen; Smartphones haben nichts zu erfahren.',
      missing:
        'Er sollte in einer Datei seines Stapels stehen und steht in keiner. Die Dateien des Stapels prüfen und das Log des Daemons ansehen.',
      'no-file':
        'In diesem Zeitfenster ging kein Schlüssel ein, den die Konfiguration veröffentlichen würde; darum hat es keine Datei.',
    },
  },

  steps: {
    received: 'Eingegangen',
    released: 'Darf veröffentlicht werden',
    from: (time) => `ab ${time}`,
    atOnce: 'sofort',
    window: 'Zeitfenster exportiert',
    held: (window, windows) => `${window}, zurückgestellt aus ${windows} davor`,
    file: 'In einer Datei',
    since: (time) => `seit ${time}`,
  },
};
