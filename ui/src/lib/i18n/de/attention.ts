import type { Texts } from '..';

export const attention: Texts['attention'] = {
  matters: {
    'batch-failed': 'Stapel fehlgeschlagen',
    'batch-late': 'Stapel verspätet',
    'batch-awaiting-signature': 'Wartet auf Signatur',
    'regeneration-failed': 'Neuerstellung fehlgeschlagen',
    'regeneration-late': 'Neuerstellung verspätet',
    'regeneration-awaiting-signature': 'Neuerstellung wartet',
    'window-not-begun': 'Fenster nicht begonnen',
    'no-keys-coming': 'Keine Schlüssel kommen an',
    'no-live-signing-key': 'Kein Signaturschlüssel',
    'config-paused': 'Pausiert',
    'key-rotation-due': 'Rotation fällig',
    'key-rotation-stalled': 'Rotation stockt',
    'key-ending': 'Schlüssel endet bald',
    'key-end-held': 'Ende zurückgestellt',
    'key-unconfirmed': 'Nicht bestätigt',
    'key-not-backed-up': 'Ohne Sicherung',
    'token-unavailable': 'Token nicht nutzbar',
    'storage-failing': 'Speicher gestört',
    'storage-test-failed': 'Speichertest misslungen',
    'ca-certificate-ending': 'CA läuft ab',
    'server-certificate-ending': 'Zertifikat läuft ab',
    'client-certificate-ending': 'Zertifikat läuft ab',
    'clock-skew': 'Uhren weichen ab',
  },
  and: (one, other) => `${one} und ${other}`,
  batchFailed: {
    title: (region) => `${region}: ein Stapel ist fehlgeschlagen`,
    detail: (window) =>
      `Das Zeitfenster ${window} ist fehlgeschlagen. Bis es abgeschlossen ist, erhalten Smartphones weder seine Schlüssel noch die späterer Zeitfenster. Ursache beheben, dann wiederholen.`,
  },
  batchLate: {
    title: (region) => `${region}: ein Stapel ist verspätet`,
    detail: (window, length) =>
      `Das Zeitfenster ${window} war vor ${length} fällig. Bis es abgeschlossen ist, erhalten Smartphones weder seine Schlüssel noch die späterer Zeitfenster. Bitte prüfen, ob ein früheres Zeitfenster fehlgeschlagen ist oder auf Signaturen wartet, und im Log des Daemons nachsehen.`,
  },
  batchAwaiting: {
    title: (region) => `${region}: ein Stapel wartet auf Signaturen`,
    detail: (window, keys) =>
      `Die Dateien des Zeitfensters ${window} sind erstellt; es fehlt die Signatur von ${keys}. Bis dahin erhalten Smartphones weder seine Schlüssel noch die späterer Zeitfenster. Bitte an einer Konsole, die den Schlüssel hat, prüfen und signieren.`,
    lateDetail: (window, keys) =>
      `Die Dateien des Zeitfensters ${window} sind erstellt; es fehlt die Signatur von ${keys}. Das Zeitfenster ist verspätet: Bis dahin erhalten Smartphones weder seine Schlüssel noch die späterer. Bitte an einer Konsole, die den Schlüssel hat, prüfen und signieren.`,
  },
  regenerationFailed: {
    title: (region) => `${region}: die Neuerzeugung eines Zeitfensters ist fehlgeschlagen`,
    detail: (window) =>
      `Die Neuerzeugung des Zeitfensters ${window} ist fehlgeschlagen. Bis sie gelingt, bleiben die alten Dateien unverändert im Angebot, und spätere Zeitfenster erscheinen wie gewohnt. Ursache beheben, dann wiederholen.`,
  },
  regenerationAwaiting: {
    title: (region) => `${region}: ein neu erzeugtes Zeitfenster wartet auf Signaturen`,
    detail: (window, keys) =>
      `Den neuen Dateien des Zeitfensters ${window} fehlt die Signatur von ${keys}. Bis dahin bleiben die alten Dateien unverändert im Angebot, und spätere Zeitfenster erscheinen wie gewohnt. Bitte an einer Konsole, die den Schlüssel hat, prüfen und signieren.`,
  },
  regenerationLate: {
    title: (region) => `${region}: ein Zeitfenster ist noch nicht neu erzeugt`,
    detail: (window, length) =>
      `Das Zeitfenster ${window} sollte vor ${length} neu erzeugt werden. Bis dahin bleiben die alten Dateien unverändert im Angebot, und spätere Zeitfenster erscheinen wie gewohnt. Bitte prüfen, ob die Konfiguration angehalten ist, und im Log des Daemons nachsehen.`,
  },
  windowNotBegun: {
    title: (region) => `${region}: ein Zeitfenster wurde nie begonnen`,
    detail: (window, at) =>
      `Das Zeitfenster ${window} war am ${at} fällig und hat keinen Stapel; der Daemon erstellt also keine Exporte. Smartphones erhalten weder seine Schlüssel noch die späterer Zeitfenster. Im Log des Daemons nachsehen, „tekportd doctor“ ausführen und ihn neu starten.`,
  },
  noKeysComing: {
    title: (region) => `${region}: keine Schlüssel gehen ein`,
    detail: (at) =>
      `Seit ${at} ist kein Schlüssel eingegangen, den die Konfiguration aufnimmt; davor kamen an den meisten Tagen welche. Smartphones erhalten aus ihr keine neuen Warnungen. Bitte bei denen nachfragen, die Schlüssel senden, und im Log des Daemons nachsehen, was er abgelehnt hat.`,
  },
  noLiveKey: {
    title: (region) => `${region}: kein Schlüssel zum Signieren`,
    detail:
      'Keiner der Signaturschlüssel der Konfiguration ist beim Daemon und nicht widerrufen. Bis dahin wird nichts veröffentlicht: einen übergeben oder der Konfiguration einen anderen hinzufügen.',
  },
  paused: {
    title: (region) => `${region} ist angehalten`,
    detail:
      'Bis zur Fortsetzung wird kein Zeitfenster exportiert; danach wird alles nachgeholt, was inzwischen verstrichen ist.',
  },
  rotationDue: {
    title: (key) => `${key} sollte bald gewechselt werden`,
    overdueTitle: (key) => `Der Wechsel von ${key} ist überfällig`,
    detail: (at) =>
      `Der Wechsel ist für den ${at} geplant. Je älter ein Schlüssel, desto mehr Menschen und Rechner können ihn gesehen haben. Bitte den Wechsel beginnen: Bis Google und Apple den Nachfolger bestätigt haben, vergehen einige Wochen.`,
  },
  rotationStalled: {
    title: (key) => `Der Wechsel von ${key} kommt nicht voran`,
    overdueTitle: (key) => `Der Wechsel von ${key} ist überfällig`,
    detail: (next, at) => `${next} Das ist so seit dem ${at}.`,
  },
  keyEnding: {
    title: (key) => `${key} endet bald`,
    detail: (at) =>
      `Er signiert bis zum ${at}. Wo sein Nachfolger überall signiert, ist nichts zu tun; sonst das Ende verschieben.`,
  },
  keyEndHeld: {
    title: (key) => `${key} hätte enden sollen`,
    detail: (at) =>
      `Sein Ende war am ${at}. Er signiert weiter, weil Smartphones Dateien ohne ihn ablehnen würden. Auf der Seite des Schlüssels steht, was im Weg ist.`,
  },
  keyUnconfirmed: {
    title: (key, recipients) => `${key} ist von ${recipients} nicht bestätigt`,
    detail:
      'Er wurde vor mehr als 10 Tagen gesendet. Bis zur Bestätigung kann sich kein anderer Schlüssel auf ihn stützen. Bitte bei der Kontaktperson nachfragen oder die Bestätigung vermerken.',
  },
  notBackedUp: {
    title: (key) => `${key} hat keine Sicherung`,
    detail:
      'Geht der Schlüsselbund verloren, der ihn enthält, ist auch der Schlüssel verloren, und Smartphones nehmen nichts Neues an, bis ein anderer eingeführt ist. Bitte an der Konsole, die ihn erzeugt hat, eine verschlüsselte Sicherung schreiben.',
  },
  token: {
    title: 'Das Token ist nicht benutzbar',
    detail: (keys) =>
      `Bis dahin wird nichts veröffentlicht, was ${keys} signieren muss; Stapel werden von selbst wiederholt. Bitte am Rechner des Daemons nach dem Token sehen.`,
  },
  storageFailing: {
    title: (name) => `Speicherziel ${name} versagt`,
    detail: (at) =>
      `Seit ${at} schlägt es fehl. Bis es wieder funktioniert, erhalten Smartphones von dort nichts Neues. Bitte die Ursache beheben; der Daemon versucht es von selbst erneut.`,
    keepsTitle: (name) => `Speicherziel ${name} löscht nichts`,
    keepsDetail: (at) =>
      `Seit ${at} lassen sich dort Dateien nicht löschen, deren Aufbewahrungsfrist abgelaufen ist. Smartphones entgeht nichts. Bitte die Ursache beheben; der Daemon versucht es von selbst erneut.`,
  },
  storage: {
    title: (name) => `Speicherziel ${name} funktioniert nicht`,
    detail:
      'Der letzte Test ist fehlgeschlagen. Dort kann nichts veröffentlicht werden. Ursache beheben, dann erneut testen.',
    keepsDetail:
      'Der letzte Test ist beim Löschen fehlgeschlagen. Dateien werden dort veröffentlicht und bleiben nach Ablauf ihrer Aufbewahrungsfrist liegen. Ursache beheben, dann erneut testen.',
  },
  caEnding: {
    title: 'Das CA-Zertifikat läuft ab',
    detail: (at) =>
      `Es läuft am ${at} ab. Danach kommt keine Konsole mehr hinein, während die Exporte weiterlaufen. Bitte einen neuen Daemon planen und dort alle verbinden.`,
  },
  serverEnding: {
    title: 'Das Serverzertifikat läuft ab',
    detail: (at) =>
      `Es läuft am ${at} ab; der Daemon hätte es längst erneuern sollen. Danach kommt keine Konsole mehr hinein. Der Grund steht im Log des Daemons.`,
  },
  clientEnding: {
    title: (name) => `Das Zertifikat von ${name} läuft ab`,
    detail: (at) =>
      `Es läuft am ${at} ab; eine Konsole, die benutzt wird, erneuert es von selbst. Danach ist ein neuer Registrierungscode nötig.`,
  },
  clockSkew: {
    title: (length) => `Die Uhren des Daemons und dieses Rechners weichen um ${length} voneinander ab`,
    detail:
      'Zeitfenster, Zertifikate und Registrierungscodes richten sich nach diesen Uhren. Bitte feststellen, welche falsch geht, und sie über das Netzwerk (NTP) stellen.',
  },
};
