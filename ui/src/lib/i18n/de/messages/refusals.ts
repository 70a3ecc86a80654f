import type { AreaTexts } from '../../message-texts';
import { joined, named } from '../../joined';
import { batches } from '../batches';
import { common } from '../common';

const LAST_OFFICER =
  'Niemand könnte mehr Schlüssel, Personen oder Rollen ändern. Zuerst müssen sich andere Sicherheitsbeauftragte registrieren';
const seconds = (count: string) => (count === '1' ? '1 Sekunde' : `${count} Sekunden`);
const roles = (list: string) =>
  list
    .split(', ')
    .map((role) => `„${named(common.roles, role)}“`)
    .join(', ');
const state = (name: string) => `Der Stapel hat den Zustand „${named(batches.states, name)}“`;
const LISTED = 'Die Liste zeigt, was es gibt';
const ENROL = 'Mit einem Registrierungscode erneut verbinden';
const CODE = 'Einen neuen Code geben die Sicherheitsbeauftragten aus';

export const refused: AreaTexts<'refused'> = {
  field: ({ field, reason }) => `${field}: ${reason}`,
  fields: ({ count }) => `${count} Felder werden abgelehnt; zu jedem steht, was erlaubt ist`,
  then: ({ first, second }) => `${first}. ${second}`,
  'not-an-id': ({ text }) => `„${text}“ ist keine ID`,
  'no-signing-key': ({ id }) => `Es gibt keinen Signaturschlüssel ${id}. ${LISTED}`,
  'no-export-config': ({ id }) => `Es gibt keine Exportkonfiguration ${id}. ${LISTED}`,
  'no-batch': ({ id }) => `Es gibt keinen Stapel ${id}. ${LISTED}`,
  'no-file': ({ id }) => `Der Stapel hat keine Datei ${id}`,
  'no-person': ({ id }) => `Es gibt keine Person ${id}. ${LISTED}`,
  'no-storage-target': ({ id }) => `Es gibt kein Speicherziel ${id}. ${LISTED}`,
  'no-recipient': ({ text }) => `„${text}“ ist weder Google noch Apple`,
  'config-changed':
    'Die Exportkonfiguration wurde geändert, seit sie gelesen wurde. Neu laden und die Änderung wiederholen',
  'person-changed':
    'Die Person wurde geändert, seit sie gelesen wurde. Neu laden und die Änderung wiederholen',
  'nothing-to-pause': 'Die Exportkonfiguration ist beendet: Es gibt nichts mehr anzuhalten',
  'repeat-differs': 'Unter derselben Kennung kam schon eine andere Anfrage. Noch einmal von vorn beginnen',
  'no-certificate': `Die Anfrage kam ohne Client-Zertifikat. ${ENROL}`,
  'unknown-certificate': `Der Daemon kennt das Zertifikat nicht. ${ENROL}`,
  'nobodys-certificate': `Mit diesem Zertifikat hat niemand Zugang. ${ENROL}`,
  'certificate-revoked': `Das Zertifikat wurde widerrufen. ${CODE}`,
  'certificate-ended': `Das Zertifikat ist abgelaufen. ${CODE}`,
  'not-identified': 'Es ist nicht bekannt, wer anfragt',
  'role-missing': (values) =>
    `Nötig ist die Rolle ${joined(roles(values.roles), 'oder')}; ${values.person} hat ${roles(values.has)}. Das können Sicherheitsbeauftragte ändern`,
  'too-many-codes': (values) =>
    `Von dieser Adresse wurden zu viele Codes abgelehnt. Erneut versuchen in ${seconds(values.seconds)}`,
  'shut-out': ({ person }) => `${person} ist endgültig gesperrt. Möglich ist eine neue Einladung`,
  'last-officer-stays': ({ person }) =>
    `${person} hat als Einzige oder Einziger Zugang mit der Rolle „Sicherheitsbeauftragte“ und kann nicht gesperrt werden: ${LAST_OFFICER}`,
  'last-officer-keeps-role': ({ person }) =>
    `${person} hat als Einzige oder Einziger Zugang mit der Rolle „Sicherheitsbeauftragte“ und muss sie behalten: ${LAST_OFFICER}`,
  'lookup-off':
    'Auf diesem Daemon können keine Schlüssel gesucht werden. Das erlaubt enabled = true unter [key_lookup] in seiner Konfiguration; danach ist er neu zu starten',
  'too-many-lookups': (values) =>
    `Es wurden zu viele Schlüssel gesucht. Erneut versuchen in ${seconds(values.seconds)}`,
  'lookup-unreadable':
    'Eine Datei, die den Schlüssel enthalten kann, ist nicht lesbar. Ein Test ihres Speicherziels zeigt den Grund',
  stopping: 'Der Daemon wird gerade beendet. Erneut suchen, sobald er wieder läuft',
  internal: 'Im Daemon ist ein Fehler aufgetreten; Näheres steht in seinem Log. Es wurde nichts geändert',
  busy: 'Die Datenbank ist beschäftigt. Gleich noch einmal versuchen',
  'took-too-long': 'Die Anfrage hat länger als 120 Sekunden gedauert. Später erneut versuchen',
};

const ANEW = 'Die Datei wird gleich ohne ihn neu erzeugt. Danach ist sie erneut abzurufen und zu prüfen';

export const batch_refused: AreaTexts<'batch_refused'> = {
  'no-batch': 'Diesen Stapel gibt es nicht',
  'no-config': 'Diese Exportkonfiguration gibt es nicht',
  'not-failed': (values) => `${state(values.state)}. Nur ein fehlgeschlagener lässt sich wiederholen`,
  'not-complete': (values) =>
    `${state(values.state)}. Nur ein abgeschlossener lässt sich neu erzeugen, solange seine Dateien nicht ausgelaufen sind`,
  'nothing-published': 'Der Stapel hat keine Datei veröffentlicht, also gibt es nichts neu zu erzeugen',
  'already-regenerating':
    'Das Zeitfenster wird schon neu erzeugt. Abwarten, bis jener Stapel abgeschlossen ist',
  paused: 'Die Exportkonfiguration ist angehalten. Sie ist zuerst fortzusetzen',
  'file-deleted': 'Die Datei wurde nach ihrer Aufbewahrungsfrist aus dem Speicher gelöscht',
  'file-missing':
    'Die Datei ist nicht im Speicher: Sie wurde noch nicht abgelegt, oder jemand anderes hat sie entfernt',
  'storage-unreadable': 'Das Speicherziel ist nicht lesbar. Ein Test zeigt den Grund',
  'not-awaiting': (values) =>
    `${state(values.state)}. Nur ein Stapel, der auf Signaturen wartet, nimmt sie an. Er ist neu zu laden`,
  'no-file-number': ({ text }) => `„${text}“ ist keine Nummer einer Datei`,
  'no-unsigned-file': ({ number }) => `Der Stapel hat keine unsignierte Datei ${number}; er hat gar keine`,
  'one-unsigned-file': ({ number, only }) =>
    `Der Stapel hat keine unsignierte Datei ${number}, nur Datei ${only}`,
  'unsigned-files': ({ number, first, last }) =>
    `Der Stapel hat keine unsignierte Datei ${number}, nur die Dateien ${first} bis ${last}`,
  'not-a-signer': ({ id }) =>
    `Der Signaturschlüssel ${id} muss diese Datei nicht signieren. Neu geladen zeigt der Stapel, welche es müssen`,
  'signs-itself': ({ key }) => `Die Signatur von ${key} fügt der Daemon von selbst hinzu`,
  'key-revoked': ({ key }) => `${key} ist widerrufen. ${ANEW}`,
  'key-ended': ({ key }) => `${key} signiert nicht mehr. ${ANEW}`,
  changed: ({ number }) =>
    `Datei ${number} hat einen anderen SHA-256-Wert als die signierte: Sie wurde neu erzeugt. Sie ist erneut abzurufen und zu prüfen`,
};
