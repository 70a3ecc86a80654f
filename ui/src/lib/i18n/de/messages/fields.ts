import type { AreaTexts } from '../../message-texts';

export const field: AreaTexts<'field'> = {
  empty: 'Die Angabe fehlt',
  'not-one': ({ text }) => `„${text}“ ist nicht erlaubt`,
  'not-an-id': ({ text }) => `„${text}“ ist keine ID`,
  'not-allowed': ({ count }) => `${count} ist nicht erlaubt`,
  'input-and-excluded': ({ region }) => `${region} ist Eingaberegion und zugleich ausgeschlossen`,
  'no-target': 'Es ist kein Speicherziel gewählt',
  'no-prefix': ({ text }) => `„${text}“ kann kein Pfadpräfix sein`,
  'no-period': ({ minutes }) => `${minutes} Minuten teilen einen Tag nicht auf oder sind zu kurz`,
  'end-before-start': 'Das Ende liegt nicht nach dem Beginn',
  'key-twice': 'Der Schlüssel ist zweimal genannt',
  'no-key': 'Es ist kein Signaturschlüssel gewählt: So könnte nichts veröffentlicht werden',
  'too-many-keys': ({ count }) => `${count} Schlüssel sind zu viele`,
  'keys-in-file': ({ count }) => `${count} Schlüssel je Datei sind nicht erlaubt`,
  'jitter-too-large': '„Mindestens“ und „Zuzüglich bis zu“ ergeben zusammen mehr als die Schlüssel je Datei',
  'unknown-target': ({ name }) => `Der Daemon hat kein Speicherziel „${name}“`,
  'unknown-key': 'Diesen Signaturschlüssel gibt es nicht',
  'key-revoked': ({ key }) => `${key} wurde widerrufen`,
  'key-ended': ({ key }) => `${key} ist ausgemustert`,
  'key-ends': ({ key, time }) =>
    `${key} endet am ${time}; bitte seinen Nachfolger nennen oder das Ende zurücknehmen lassen`,
  'key-left-out': ({ named, newer }) =>
    `${named} ist ohne ${newer} genannt, der danach kam und an Google oder Apple gesendet wurde: Smartphones mit ${newer} fänden in den Dateien dieser Konfiguration keine Signatur von ihm`,
  'prefix-taken': ({ prefix }) =>
    `${prefix} gehört für immer zu einer anderen Exportkonfiguration dieses Speicherziels: Pfade werden nie wiederverwendet`,
  'start-too-old': 'Der Beginn liegt mehr als 30 Tage zurück; so alte Schlüssel werden nicht aufbewahrt',
  'start-fixed': 'Der Beginn steht fest, sobald ein Stapel erzeugt wurde: Dort beginnen seine Zeitfenster',
  'target-fixed':
    'Das Speicherziel steht fest, sobald ein Stapel erzeugt wurde: Smartphones lesen dort den Index',
  'prefix-fixed':
    'Das Pfadpräfix steht fest, sobald ein Stapel erzeugt wurde: Smartphones lesen dort den Index',
  'end-before-batches': 'Für Zeitfenster nach diesem Ende wurden schon Stapel erzeugt',
  'unknown-config': ({ text }) => `„${text}“ ist keine Exportkonfiguration`,
  'over-ios': ({ files, ios }) =>
    `${files} Dateien am Tag sind mehr, als ein Smartphone mit iOS importiert (${ios})`,
  'over-both': ({ files, ios, android }) =>
    `${files} Dateien am Tag sind mehr, als ein Smartphone mit iOS (${ios}) oder Android (${android}) importiert`,
  'split-over-ios': ({ files, ios }) =>
    `Die Schlüssel jedes Zeitfensters brauchen mehrere Dateien, und ${files} Dateien am Tag sind mehr, als ein Smartphone mit iOS importiert (${ios})`,
  'split-over-both': ({ files, ios, android }) =>
    `Die Schlüssel jedes Zeitfensters brauchen mehrere Dateien, und ${files} Dateien am Tag sind mehr, als ein Smartphone mit iOS (${ios}) oder Android (${android}) importiert`,
  'catch-up': ({ ios }) =>
    `Ein Smartphone, das einige Tage aus war, findet mehr als die ${ios} Dateien vor, die es am Tag importiert`,
  'few-keys': 'Eine Datei mit sehr wenigen Schlüsseln kann verraten, wem sie gehören',
  'near-split':
    'Aufgefüllte Stapel liegen nahe an der Obergrenze: Wenige weitere Schlüssel teilen ein Zeitfenster auf mehrere Dateien auf',
  'cannot-sign-yet':
    'Der Daemon kann mit keinem dieser Schlüssel signieren: Veröffentlicht wird erst, wenn einer übergeben ist',
  'end-passed': 'Das Ende ist vorbei: Die Konfiguration endet',
  'it-is': ({ found }) => `Dort steht ${found}`,
  missing: 'Die Angabe fehlt',
  'no-such-field': 'Dieses Feld gibt es nicht',
  'place-twice': ({ place }) => `Auch eine frühere Konfiguration dieser Datei ist die von ${place}`,
  'key-not-there': ({ name }) => `Der Daemon hat keinen Signaturschlüssel „${name}“`,
  'other-key': ({ name, fingerprint }) =>
    `${name} ist beim Daemon ein anderer Schlüssel, mit dem Fingerabdruck ${fingerprint}`,
  'no-public-key': 'Das ist kein öffentlicher P-256-Schlüssel in PEM',
  'token-elsewhere': 'Ein Schlüssel in einem Token wird auf anderem Weg registriert',
  'no-token-id': ({ text }) => `„${text}“ ist keine ID in einem Token`,
  'no-person-name': 'Der Name fehlt, ist zu lang oder enthält Steuerzeichen',
  'no-role': ({ text }) => `„${text}“ ist keine Rolle`,
  'role-missing': 'Es ist keine Rolle angegeben',
  'ingest-combined':
    'Einlieferung ist nicht mit anderen Rollen vereinbar: Ein Schlüsselserver darf nichts lesen oder ändern',
  'no-such-code': 'Diesen Code hat der Daemon nicht ausgegeben',
  'code-used': 'Der Code wurde schon verwendet',
  'code-expired': 'Der Code ist abgelaufen',
  'invited-shut-out': 'Die Person, für die er bestimmt war, ist gesperrt',
  'region-alone': 'Zur Region fehlt die Zeit',
  'time-alone': 'Zur Zeit fehlt die Region',
  'nothing-asked': 'Es ist nichts gefragt',
  'key-and-more': 'Nach einem Schlüssel wird allein gefragt, ohne Zeit und Region',
  'no-encoding': 'Das ist weder Base64 noch hexadezimal',
  'no-tek': 'Das sind nicht 16 Byte',
};

export const allowed: AreaTexts<'allowed'> = {
  region: '1 bis 20 Buchstaben und Ziffern, Teile durch einzelne Bindestriche verbunden: US, MAG, US-WA',
  'key-id': '1 bis 64 Buchstaben, Ziffern und Unterstriche, üblicherweise der Mobile Country Code: 310',
  'key-version': '1 bis 64 Buchstaben, Ziffern und Unterstriche: v1',
  'not-input': 'Regionen, die keine Eingaberegionen sind',
  target: 'Der Name eines Speicherziels des Daemons',
  'no-targets': 'Keines ist eingerichtet: In der Konfiguration des Daemons muss eines hinzukommen',
  'one-of': ({ names }) => names,
  prefix: '1 bis 100 Zeichen: Kleinbuchstaben, Ziffern, - und _, Teile durch ein einzelnes / getrennt',
  period:
    '5 bis 1440 Minuten, die einen Tag gleichmäßig teilen, zum Beispiel 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720 oder 1440',
  'after-start': 'Eine Zeit nach dem Beginn oder keine',
  keys: '1 bis 10 verschiedene Signaturschlüssel',
  'keys-in-file': '100 bis 750.000',
  minimum: '1 bis 100.000 und nicht mehr als die Schlüssel je Datei',
  jitter: '0 bis 100.000',
  'jitter-left': '0 bis zu den Schlüsseln je Datei abzüglich „Mindestens“',
  'live-key': 'Ein registrierter Signaturschlüssel, der nicht ausgemustert ist',
  'newer-key-too': ({ named, newer }) => `auch ${newer}, neben ${named} oder statt seiner`,
  'new-prefix': 'Ein Präfix, das noch keine Konfiguration hatte',
  from: ({ time }) => `${time} oder später`,
  'from-or-none': ({ time }) => `${time} oder später, oder keines`,
  exactly: ({ value }) => value,
  'config-or-none': 'Die bearbeitete Konfiguration oder keine',
  minutes120: '120 Minuten oder länger',
  'more-records': 'Mehr Schlüssel je Datei oder eine längere Periode',
  minutes240: '240 Minuten oder länger',
  'pad-or-hold': 'Auffüllen oder zurückstellen',
  'over-both': 'Deutlich mehr als „Mindestens“ und „Zuzüglich bis zu“ zusammen',
  'handed-over': 'Ein Schlüssel, der dem Daemon übergeben wurde',
  'to-come-or-none': 'Eine künftige Zeit oder keine',
  'public-key': 'Ein öffentlicher P-256-Schlüssel in PEM (-----BEGIN PUBLIC KEY-----)',
  'daemon-or-console': 'Der Daemon oder eine Konsole',
  'key-or-nothing': 'Ein Signaturschlüssel oder nichts',
  'token-id': 'Die ID eines Schlüssels im Token: 2 bis 510 Hexadezimalziffern; nichts, um einen zu erzeugen',
  'authority-name': 'Der Name der Gesundheitsbehörde: 1 bis 120 Zeichen in einer Zeile',
  country: 'Zwei Großbuchstaben (ISO 3166-1): US',
  mcc: 'Drei Ziffern: 310',
  'authority-region': 'Großbuchstaben, Ziffern und -, höchstens 30: US-WA; oder leer',
  'android-package': 'Namen aus Buchstaben, Ziffern und _, durch Punkte verbunden: org.example.en',
  'ios-bundle': 'Namen aus Buchstaben, Ziffern und -, durch Punkte verbunden: org.example.en',
  'person-name': '1 bis 80 Zeichen',
  role: 'viewer, operator, admin, security-officer oder ingest',
  'role-at-least': 'Mindestens eine Rolle',
  'ingest-alone': 'Einlieferung allein oder die anderen ohne sie',
  'fresh-code':
    'Ein Code, der weder verwendet noch abgelaufen ist; einen neuen geben die Sicherheitsbeauftragten aus',
  'key-or-receipt': 'Entweder ein Schlüssel oder eine Zeit und eine Region',
  tek: '16 Byte: 32 Hexadezimalziffern oder Base64 mit 22 Zeichen, mit oder ohne == am Ende',
};

export const found: AreaTexts<'found'> = {
  null: 'nichts (null)',
  bool: ({ value }) => value,
  number: ({ value }) => `die Zahl ${value}`,
  text: ({ text }) => `der Text ${text}`,
  quoted: ({ text }) => text,
  list: 'eine Liste',
  object: 'ein Objekt',
};

export const wanted: AreaTexts<'wanted'> = {
  object: 'Ein Objekt: { … }',
  configs: 'Eine Liste von Konfigurationen',
  'daemon-name': 'Der Name des Daemons',
  environment: 'production, staging oder test',
  'ca-sha256': 'SHA-256 des CA-Zertifikats des Daemons',
  'config-id': 'Die ID der Konfiguration oder keine für eine neue',
  revision: 'Die Revision der Konfiguration, als die Datei geschrieben wurde, oder keine',
  region: 'Der Code einer Region: MAG',
  regions: 'Codes von Regionen: MAG, US-WA',
  'region-list': 'Eine Liste mit Codes von Regionen: MAG, US-WA',
  travelers: 'include, only-non-travelers oder ignore',
  period:
    '5 bis 1440 Minuten, die einen Tag gleichmäßig teilen, zum Beispiel 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720 oder 1440',
  'max-records': 'Eine ganze Zahl, 100 bis 750.000',
  time: 'Eine Zeit in UTC: 2026-11-23T16:00:00Z',
  target: 'Der Name eines Speicherziels',
  path: 'Ein Pfad unterhalb des Speicherziels: mag',
  'small-batch': 'Zum Beispiel ein Objekt mit „policy“, „minimum“ und „jitter“',
  policy: 'pad, hold oder release',
  minimum: 'Eine ganze Zahl, 1 bis 100.000',
  jitter: 'Eine ganze Zahl, 0 bis 100.000',
  'key-list': 'Eine Liste mit den Namen von Signaturschlüsseln',
  'key-name': 'Ein Signaturschlüssel, wie Dateien ihn nennen: 310 v2',
  fingerprint: 'Der Fingerabdruck des öffentlichen Schlüssels oder keiner',
  'each-once': 'Jede Konfiguration einmal',
  'key-there': 'Ein Schlüssel, der dort registriert ist',
  'same-key':
    'Dieser Fingerabdruck; oder keiner, wenn der Schlüssel dieses Namens gemeint ist, welcher es auch sei',
};

export const fields: AreaTexts<'fields'> = {
  known: ({ names }) => names,
};
