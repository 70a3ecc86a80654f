import type { AreaTexts } from '../../message-texts';

const PLACE = 'Zu prüfen sind der Ordner, wem er gehört, und der freie Platz';

export const console: AreaTexts<'console'> = {
  'no-dialog':
    'Das System hat keinen Dateidialog gezeigt. Erneut versuchen und unter Linux prüfen, ob GTK 3 vollständig ist',
  'not-written': ({ path }) =>
    `${path} kann nicht geschrieben werden. Zu prüfen sind der Ordner und der freie Platz`,
  'not-copied': 'Die Zwischenablage hat den Text nicht angenommen. Den Text markieren und von Hand kopieren',
  'not-saved': ({ folder }) => `Die Datei kann nicht in ${folder} gespeichert werden. ${PLACE}`,
  unreadable: ({ path }) =>
    `${path} kann nicht gelesen werden. Zu prüfen ist, ob es eine Datei ist und gelesen werden darf`,
  'data-unreadable': ({ path }) => `${path} kann nicht gelesen werden. ${PLACE}`,
  'data-damaged': ({ path }) => `${path} ist beschädigt. ${PLACE}`,
  'data-unwritten': ({ path }) => `${path} kann nicht geschrieben werden. ${PLACE}`,
  'data-not-removed': ({ path }) => `${path} kann nicht entfernt werden. ${PLACE}`,
  'broke-off': 'Der Vorgang ist abgebrochen. Erneut versuchen',
  'no-randomness':
    'Das System hat keine Zufallszahlen geliefert. Den Computer neu starten und erneut versuchen',
  'which-daemon':
    'Die Seite hat nicht gesagt, welchen Daemon sie zeigt; daher ist nichts geschehen. Zum gemeinten Daemon wechseln und erneut versuchen',
  switched: ({ meant, shown }) =>
    `Das war für ${meant} bestimmt, und die Konsole zeigt inzwischen ${shown}; daher ist nichts geschehen. Zu ${meant} zurückkehren und prüfen, ob es noch gewünscht ist`,
  'switched-from-left': ({ shown }) =>
    `Das war für einen Daemon bestimmt, der verlassen wurde, und die Konsole zeigt inzwischen ${shown}; daher ist nichts geschehen`,
  'not-enrolled':
    'Diese Konsole hat von keinem Daemon ein Zertifikat. Mit einem Code der Sicherheitsbeauftragten oder von „tekportd enroll“ verbinden',
  'no-client-key': ({ item, address }) =>
    `Im Schlüsselbund fehlt der Eintrag ${item}, der Schlüssel dieser Konsole für ${address}. Als die Person anmelden, die sich registriert hat, oder diesen Daemon verlassen und mit einem neuen Code verbinden`,
  'endless-list': ({ pages }) =>
    `Die Liste des Daemons hat mehr als ${pages} Seiten. tekportd oder die Konsole ist zu aktualisieren`,
  'mark-letters': 'Ein Kennzeichen hat 1 bis 3 Buchstaben oder Ziffern. Alles andere ist wegzulassen',
  'mark-taken': ({ daemon, mark }) => `${daemon} hat schon das Kennzeichen ${mark}. Ein anderes wählen`,
  'already-enrolled': ({ address }) =>
    `Diese Konsole gehört schon zum Daemon unter ${address}. Zu ihm wechseln oder ihn zuerst verlassen`,
  'code-expired': ({ time }) => `Der Registrierungscode ist am ${time} abgelaufen. Einen neuen anfordern`,
  'code-prefix': ({ prefix }) =>
    `Ein Registrierungscode beginnt mit ${prefix}. Die ganze Zeile kopieren, die der Daemon ausgegeben hat`,
  'code-damaged':
    'Der Registrierungscode ist unvollständig oder hat ein falsches Zeichen. Erneut vollständig kopieren',
  'sealing-key-unfit':
    'Der Versiegelungsschlüssel des Daemons und sein Fingerabdruck gehören nicht zusammen. tekportd oder die Konsole aktualisieren, dann mit einem neuen Code verbinden',
  'not-drawn': 'Der Code kann nicht gezeichnet werden. Er ist als Text weiterzugeben',
  'not-vouched':
    'Die CA aus der Registrierung bürgt nicht für den Versiegelungsschlüssel des Daemons; der alte bleibt daher gültig. Wer den Daemon betreibt, weiß, ob er neu eingerichtet wurde',
  'no-such-file': 'Der Stapel hat keine solche Datei. Zur Liste der Stapel zurückgehen und neu wählen',
  'not-as-published':
    'Im Speicher liegt nicht, was der Daemon veröffentlicht hat; Smartphones würden es ablehnen. Den Stapel neu erzeugen und prüfen, wer sonst in den Speicher schreibt',
  'not-a-public-key':
    'Mit diesem Schlüssel kann nicht geprüft werden. Einzufügen ist ein Text, der mit -----BEGIN PUBLIC KEY----- beginnt',
  'no-config': ({ id }) =>
    `Der Daemon hat keine Exportkonfiguration ${id}. Die Liste neu laden und noch einmal wählen`,
  'key-not-listed': ({ id }) =>
    `In der Liste des Daemons fehlt der Signaturschlüssel ${id} einer Konfiguration. Erneut versuchen`,
  'config-file-no-json':
    'Das ist kein JSON. Eine Datei wählen, die die Konsole gespeichert hat, oder sie berichtigen',
  'config-file-format': ({ format }) =>
    `Das ist keine Datei mit Exportkonfigurationen. Eine mit dem Format „${format}“ wählen`,
  'config-file-version': ({ version }) =>
    `Die Datei hat eine andere Version als ${version}, die diese Konsole liest. Die Konsole aktualisieren oder die Datei mit einer wie dieser neu speichern`,
  'config-file-fields': ({ fields }) => `${fields}. Die Datei berichtigen oder neu speichern`,
  'config-file-too-many': ({ count, max }) =>
    `Die Datei enthält ${count} Konfigurationen. Sie ist in Dateien mit höchstens ${max} aufzuteilen`,
  'config-file-too-large':
    'Die Datei hat mehr als 1 MiB, weit mehr als jede Datei mit Exportkonfigurationen. Eine andere wählen',
};

const CHANGED = 'Der Versiegelungsschlüssel des Daemons ist nicht der aus der Registrierung';
const NO_KEY_SENT =
  'Es wurde kein Schlüssel gesendet. Den neuen auf der Seite der Signaturschlüssel ansehen und dort annehmen, wenn die CA des Daemons für ihn bürgt, oder beim Betreiber des Daemons nachfragen';
const ANEW = 'Er ist neu zu schreiben mit openssl pkcs8 -topk8 -scrypt';
const PASSPHRASE = 'Nötig sind 1 bis 1.000 Zeichen in einer Zeile';

export const key_trouble: AreaTexts<'key_trouble'> = {
  'not-here': ({ item }) =>
    `Im Schlüsselbund fehlt der Eintrag ${item}. Das auf dem Computer erledigen, der den Schlüssel hat, oder ihn hier aus seiner Sicherung wiederherstellen`,
  stays: ({ key }) =>
    `${key} wird nicht im Daemon verwahrt; sein privater Teil bleibt, wo er ist, und es wurde nichts gesendet. Soll der Daemon einen Schlüssel haben, ist er beim Erzeugen als Verwahrung anzugeben`,
  'sealing-key-changed': ({ pinned, offered }) =>
    `${CHANGED}: Es war ${pinned}, jetzt ist es ${offered}. ${NO_KEY_SENT}`,
  'sealing-key-unreadable': `${CHANGED}. ${NO_KEY_SENT}`,
  'another-registered':
    'Der Daemon hat einen anderen öffentlichen Schlüssel registriert als den gesendeten. Es wurde kein Schlüssel übergeben. Im Audit-Protokoll des Daemons nachsehen',
  'not-sealed':
    'Der Schlüssel kann nicht versiegelt werden. Es wurde kein Schlüssel gesendet. Die Konsole aktualisieren und erneut versuchen',
  'not-registered': ({ fingerprint }) =>
    `Der Daemon hat keinen Signaturschlüssel mit dem Fingerabdruck ${fingerprint}; daher wurde nichts geändert. Die Datei als neuen Schlüssel importieren oder eine andere wählen`,
  registered: ({ key }) =>
    `Der Daemon hat diesen Schlüssel schon, als ${key}. Er ist aus der Datei wiederherzustellen statt zu importieren`,
  'no-authority':
    'Für wen dieser Schlüssel signiert, ist noch nicht eingetragen; Google und Apple fragen danach. Das ist zuerst nachzuholen',
  'package-unfit':
    'Im Paket des Daemons ist eine Datei, die nicht gespeichert werden kann. tekportd oder die Konsole ist zu aktualisieren',
  'package-failed':
    'Die Dateien können nicht erstellt werden. Es wurde nichts gespeichert. Zu prüfen ist, ob der Schlüssel im Schlüsselbund der registrierte ist',
  'backup-not-noted': ({ path, problem }) =>
    `Die Sicherung liegt in ${path}, doch der Daemon hat sie nicht vermerkt: ${problem}`,
  'weak-passphrase': 'Die Passphrase ist zu schwach für eine Sicherung',
  'backup-failed':
    'Die Sicherung kann nicht verschlüsselt werden. Es wurde nichts geschrieben. Die Konsole neu starten und erneut versuchen',
  'passphrase-empty': `Die Passphrase ist leer. ${PASSPHRASE}`,
  'passphrase-too-long': ({ bytes }) => `Die Passphrase hat ${bytes} Byte. ${PASSPHRASE}`,
  'passphrase-control': `Die Passphrase enthält einen Tabulator, ein Zeilenende oder ein anderes Steuerzeichen. ${PASSPHRASE}`,
  'file-too-long': ({ bytes }) =>
    `Die Datei hat ${bytes} Byte, zu viele für einen privaten Schlüssel; gelesen werden höchstens 65.536`,
  'not-pem': 'Die Datei ist kein Schlüssel in PEM',
  'no-private-key':
    'Die Datei enthält keinen privaten Schlüssel. Zu wählen ist die Datei mit dem privaten Schlüssel',
  'several-keys': ({ count }) =>
    `Die Datei enthält ${count} private Schlüssel. Einer davon gehört in eine eigene Datei`,
  'another-kind': ({ kind }) =>
    `Die Datei enthält einen privaten Schlüssel der Art ${kind}. Exportdateien werden mit P-256-Schlüsseln (prime256v1) signiert`,
  'no-curve':
    'Der Schlüssel nennt seine Kurve nicht. Er ist neu zu schreiben mit openssl ec -param_enc named_curve',
  'passphrase-needed': 'Der Schlüssel ist verschlüsselt. Seine Passphrase eingeben',
  'passphrase-wrong':
    'Die Passphrase öffnet den Schlüssel nicht. Erneut eingeben; sonst ist die Datei beschädigt',
  encryption: ({ name }) =>
    `Der Schlüssel ist mit ${name} verschlüsselt, was nicht gelesen wird. ${ANEW}, oder mit PBKDF2 und AES`,
  'too-costly': `Den Schlüssel zu öffnen, würde zu lange dauern oder zu viel Speicher brauchen. ${ANEW}`,
  'file-damaged': 'Die Datei ist beschädigt',
  'checks-failed': ({ checks }) =>
    `Es wurde nichts signiert, denn diese Prüfungen sind fehlgeschlagen: ${checks}`,
  'review-outdated':
    'Die Dateien des Stapels sind andere als die angesehenen; daher wurde nichts signiert. Sie sind erneut anzusehen',
  'item-differs': ({ item }) =>
    `Im Eintrag ${item} des Schlüsselbunds liegt ein anderer Schlüssel; daher wurde nichts signiert. Er ist aus seiner Sicherung wiederherzustellen`,
  'nothing-here':
    'Der Stapel wartet auf keinen Schlüssel aus dem Schlüsselbund dieses Computers. Dort signieren, wo jene Schlüssel sind',
  'not-signed': 'Der Schlüssel hat nicht signiert. Erneut versuchen',
  'not-approved': ({ region }) =>
    `Die Konfiguration von ${region} ist auf diesem Computer nicht so freigegeben, wie sie jetzt ist; daher wurde nichts geändert. Zuerst ihre Bedingungen ansehen und freigeben`,
  'no-key-here': ({ region }) =>
    `Kein Schlüssel, der für ${region} signiert, liegt im Schlüsselbund dieses Computers. Das unbeaufsichtigte Signieren dort einschalten, wo einer liegt, oder ihn hier aus seiner Sicherung wiederherstellen`,
  'config-changed':
    'Die Konfiguration wurde geändert, während sie angesehen wurde; daher wurde nichts freigegeben. Sie ist erneut anzusehen',
  'not-awaiting':
    'Der Stapel wartet nicht mehr auf Signaturen. Zum Signierplatz zurückgehen und die Liste neu ansehen',
};
