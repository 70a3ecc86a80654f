import type { AreaTexts } from '../../message-texts';

const REPORT = 'Es wurde nichts veröffentlicht. Bitte melden';
const PLACE = 'Zu prüfen ist, ob der Ort vorhanden ist, Platz hat und der Daemon dort schreiben darf';
const TOKEN_THERE = 'Zu prüfen ist, ob es an seinem Platz ist und seine Software läuft';

export const batch: AreaTexts<'batch'> = {
  database:
    'Die Datenbank hat versagt. Näheres steht im Log des Daemons; „tekportd doctor“ prüft den Datenträger',
  header:
    'Der Kopf der Datei kann nicht erzeugt werden. Zu prüfen sind die Signaturschlüssel der Konfiguration',
  make: 'Die Datei kann nicht erzeugt werden. Ist sie zu groß, helfen weniger Schlüssel je Datei',
  'read-back': ({ path }) =>
    `${path} wurde abgelegt, und etwas anderes wurde zurückgelesen. Zu prüfen ist, ob dort sonst jemand schreibt; danach wiederholen`,
  unreadable: ({ path, problem }) =>
    `${path} wurde erzeugt, und Smartphones würden es ablehnen: ${problem}. ${REPORT}`,
  rule: ({ path, rule, finding }) =>
    `${path} wurde erzeugt und bricht die Geräteregel ${rule}: ${finding}. ${REPORT}`,
  signature: ({ path, signer }) =>
    `${path}: Die Signatur von ${signer} passt nicht zum registrierten öffentlichen Schlüssel. Der Schlüssel ist erneut zu übergeben`,
  sums: ({ found, accounted }) =>
    `Die Summen stimmen nicht überein: Im Zeitfenster lagen ${found} Schlüssel, belegt sind ${accounted}. ${REPORT}`,
  'keys-changed':
    'Die Signaturschlüssel der Konfiguration haben sich geändert, während die Dateien erzeugt wurden. Sie werden mit den jetzigen neu erzeugt',
  'lease-lost': 'Die Zeit für den Stapel lief ab, und ein anderer Daemon hat ihn übernommen',
  unfinished: 'Der Daemon wurde beendet, bevor dieser Versuch zu Ende war',
  stopped: 'Der Daemon wurde beendet, während er die Datei erzeugte. Der Stapel wird wiederholt',
};

export const storage: AreaTexts<'storage'> = {
  unknown: ({ target }) =>
    `Es gibt kein Speicherziel „${target}“. Es muss in die Konfiguration des Daemons; danach ist er neu zu starten`,
  'not-built-in': ({ target, kind, feature }) =>
    `${target}: Dieser tekportd wurde ohne ${kind} gebaut. Nötig ist einer mit dem Merkmal „${feature}“`,
  configuration: ({ target }) =>
    `${target} kann nicht geöffnet werden. Der Abschnitt in der Konfiguration des Daemons ist zu berichtigen`,
  writing: ({ target, path }) => `${target}: ${path} kann nicht geschrieben werden. ${PLACE}`,
  reading: ({ target, path }) => `${target}: ${path} kann nicht gelesen werden. ${PLACE}`,
  deleting: ({ target, path }) => `${target}: ${path} kann nicht gelöscht werden. ${PLACE}`,
  'other-read':
    'Gelesen wurde etwas anderes, als geschrieben wurde. Vielleicht schreibt dort ein anderes Programm, oder ein Cache steht dazwischen',
};

export const sign: AreaTexts<'sign'> = {
  'no-live-key': ({ keys }) =>
    `Kein Schlüssel kann signieren, daher wurde nichts veröffentlicht: ${keys}. In der Konsole ist ein Schlüssel zu übergeben oder der Konfiguration ein anderer zu geben`,
  sealed: ({ key }) =>
    `Der Signaturschlüssel ${key} kann nicht geöffnet werden. Zu prüfen ist, ob der Daemon denselben Root-Schlüssel hat wie bei der Übergabe; sonst ist der Schlüssel erneut zu übergeben`,
  'in-console': ({ key }) =>
    `Der private Teil des Signaturschlüssels ${key} liegt im Schlüsselbund einer Konsole. Dort ist das zu erledigen`,
  'not-handed-over': ({ key }) =>
    `Der Daemon hat keine Kopie des Signaturschlüssels ${key}. Er ist in der Konsole zu übergeben`,
  unusable: ({ key }) =>
    `Der Signaturschlüssel ${key} kann nicht verwendet werden. Er ist in der Konsole erneut zu übergeben`,
  mismatch: ({ key }) =>
    `Der private Teil des Signaturschlüssels ${key} gehört nicht zu seinem registrierten öffentlichen Teil. Er ist erneut zu übergeben`,
  signature: ({ key, problem }) =>
    `Der Signaturschlüssel ${key} hat eine Signatur gemacht, die nicht lesbar ist: ${problem}`,
  kept: ({ key }) =>
    `Die aufbewahrte Signatur des Schlüssels ${key} passt nicht zu seinem registrierten öffentlichen Teil: Die Datenbank wurde verändert. Sie ist aus einer Sicherung wiederherzustellen`,
  'no-token': ({ key }) =>
    `Der Signaturschlüssel ${key} liegt in einem PKCS#11-Token, und die Konfiguration nennt keines. Der Abschnitt [token] muss wieder hinein; danach ist tekportd zu starten`,
  'not-in-token': ({ key }) =>
    `Der Signaturschlüssel ${key} liegt in einem Token, und die Datenbank sagt nicht, welcher es dort ist. Sie ist aus einer Sicherung wiederherzustellen`,
  token: ({ key, problem }) =>
    `Der Signaturschlüssel ${key} liegt in einem Token und hat nicht signiert: ${problem}`,
  'token-mismatch': ({ key }) =>
    `Der Schlüssel im Token ist nicht der, mit dem ${key} registriert wurde: Ein anderes Token hat dieselbe Bezeichnung und CKA_ID. Das erste ist wieder einzustecken`,
  database: 'Die Signaturschlüssel können nicht nachgeschlagen werden',
};

export const not_live: AreaTexts<'not_live'> = {
  none: 'die Konfiguration nennt keinen',
  revoked: ({ key }) => `${key} ist widerrufen`,
  ended: ({ key }) => `${key} ist ausgemustert`,
  'not-handed-over': ({ key }) => `${key} wurde dem Daemon nicht übergeben`,
  'not-begun': ({ key }) => `${key} signiert noch nicht`,
};

const SPARED =
  'Sie ist von Hand zu prüfen (pkcs11-tool --login --token-label); eine richtige lässt das Token die falschen vergessen';

export const token: AreaTexts<'token'> = {
  'not-configured':
    'Die Konfiguration nennt kein Token. Das tut ein Abschnitt [token] in tekportd.toml; danach ist tekportd neu zu starten',
  gone: 'Die Konfiguration nennt kein Token mehr',
  empty: 'Es ist da und enthält noch kein P-256-Schlüsselpaar',
  'one-key': 'Es ist da und enthält ein P-256-Schlüsselpaar',
  keys: ({ count }) => `Es ist da und enthält ${count} P-256-Schlüsselpaare`,
  'no-module': ({ path }) =>
    `Das PKCS#11-Modul ${path} fehlt. Die Software des Tokens ist zu installieren oder token.module zu berichtigen; danach ist tekportd neu zu starten`,
  'not-a-module': ({ path }) =>
    `Das PKCS#11-Modul ${path} kann nicht geladen werden. token.module ist zu berichtigen und tekportd neu zu starten`,
  'none-there': ({ label }) =>
    `Es gibt kein Token mit der Bezeichnung „${label}“; das Modul findet überhaupt keines. Es ist einzustecken, oder seine Software muss laufen`,
  absent: ({ label, there }) =>
    `Es gibt kein Token mit der Bezeichnung „${label}“; vorhanden: ${there}. Es ist einzustecken oder token.label zu berichtigen; danach ist tekportd neu zu starten`,
  ambiguous: ({ label, count }) =>
    `${count} Token haben die Bezeichnung „${label}“. Alle bis auf eines sind herauszunehmen oder anders zu bezeichnen`,
  'pin-unreadable': ({ path }) => `Die PIN des Tokens ${path} kann nicht gelesen werden`,
  'pin-too-open': ({ path, mode }) =>
    `Die PIN des Tokens ${path} ist für andere lesbar (Modus ${mode}). Abhilfe: chmod 600 ${path}`,
  'not-a-pin': ({ path }) =>
    `Die PIN des Tokens ${path} ist leer, länger als 255 Byte oder kein Text. Dort steht nur die PIN, in einer Zeile`,
  'no-credentials': ({ name }) =>
    `token.pin_credential ist gesetzt, aber systemd gab keine Credentials. In die Unit muss LoadCredential=${name}:<file>, oder stattdessen token.pin_file`,
  'pin-refused': ({ label, place }) =>
    `Das Token „${label}“ hat die PIN aus ${place} abgelehnt. Sie wird erst wieder versucht, wenn sie neu geschrieben oder tekportd neu gestartet ist, denn nach wenigen falschen sperren sich Token: Sie ist zu berichtigen`,
  'pin-locked': ({ label, place }) =>
    `Das Token „${label}“ ist gesperrt: Zu viele falsche PINs wurden versucht. Sein Security Officer muss es entsperren (C_InitPIN), mit einer neuen PIN in ${place}`,
  'pin-last': ({ label, place }) =>
    `Das Token „${label}“ bekam zuletzt falsche PINs und sperrt sich bei der nächsten, daher wird die aus ${place} nicht versucht. ${SPARED}`,
  'pin-spared': ({ label, place }) =>
    `Das Token „${label}“ bekam zuletzt falsche PINs und sperrt sich nach wenigen weiteren, daher wird die aus ${place} nicht versucht. ${SPARED}`,
  'no-user-pin': ({ label }) =>
    `Das Token „${label}“ hat noch keine Benutzer-PIN. Sie ist zu setzen (pkcs11-tool --init-pin)`,
  'no-key': ({ label, id }) =>
    `Das Token „${label}“ hat kein Schlüsselpaar mit der CKA_ID ${id}. Wurde ein anderes eingesteckt, gehört das erste wieder hinein`,
  'several-keys': ({ id, count }) =>
    `Das Token hat ${count} private Schlüssel mit der CKA_ID ${id}. Jeder braucht seine eigene`,
  unfit: ({ id }) =>
    `Der Schlüssel ${id} des Tokens kann nicht verwendet werden: Exportdateien werden nur mit ECDSA-Schlüsseln auf P-256 signiert`,
  'key-in-the-open':
    'Das Token hat entgegen der Anforderung einen auslesbaren Schlüssel erzeugt. Er wurde wieder vernichtet',
  'wrong-signature': ({ id }) =>
    `Der Schlüssel ${id} des Tokens hat eine Signatur gemacht, die nicht zu seinem eigenen öffentlichen Teil passt`,
  failed: `Das Token hat versagt. ${TOKEN_THERE}`,
  'no-answer': ({ seconds }) => `Das Token hat nach ${seconds} Sekunden nicht geantwortet. ${TOKEN_THERE}`,
  ended: 'tekportd spricht nicht mehr mit dem Token. Er ist neu zu starten; sein Log sagt den Grund',
};
