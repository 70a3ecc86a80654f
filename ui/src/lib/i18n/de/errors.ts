import type { Texts } from '..';

const versions = 'Prüfen, ob beide dieselbe Version haben, und die ältere aktualisieren.';
const misunderstanding = 'Konsole und Daemon verstehen einander nicht. Nichts wurde geändert.';

export const errors: Texts['errors'] = {
  'daemon-switched': {
    title: 'Inzwischen wird ein anderer Daemon angezeigt',
    sentence:
      'Dies wurde bei einem anderen Daemon begonnen als dem, den die Konsole anzeigt. Es wurde nichts getan.',
    next: 'Bitte zum gemeinten Daemon wechseln, prüfen, ob es noch gewollt ist, und es dort wiederholen.',
  },
  'work-under-way': {
    title: 'Hier ist noch etwas im Gange',
    sentence: 'Ein anderer Daemon lässt sich anzeigen, sobald es fertig ist.',
    next: 'Bitte abwarten, bis es fertig ist, und dann noch einmal versuchen.',
  },
  'mark-invalid': {
    title: 'Dies kann kein Kennzeichen sein',
    sentence: 'Ein Kennzeichen unterscheidet Daemons auf einen Blick: 1 bis 3 Buchstaben oder Ziffern.',
    next: 'Bitte ein anderes wählen.',
  },
  'mark-taken': {
    title: 'Ein anderer Daemon hat dieses Kennzeichen',
    sentence: 'Zwei Daemons mit einem Kennzeichen ließen sich verwechseln.',
    next: 'Bitte ein anderes wählen.',
  },
  'not-enrolled': {
    title: 'Diese Konsole gehört noch zu keinem Daemon',
    sentence: 'Sie hat kein Zertifikat vorzuweisen, deshalb würde kein Daemon ihr antworten.',
    next: 'Mit einem Registrierungscode verbinden.',
  },
  offline: {
    title: 'Keine Verbindung zum Daemon',
    sentence: 'Der Daemon hat nicht geantwortet. Läuft er noch, gehen die Exporte von selbst weiter.',
    next: 'Prüfen, ob dieser Rechner ein Netz hat und tekportd läuft; danach erneut versuchen.',
  },
  timeout: {
    title: 'Der Daemon hat zu lange gebraucht',
    sentence: 'Er war erreichbar, aber innerhalb der Frist kam keine Antwort.',
    next: 'Erneut versuchen. Bleibt es so, Auslastung und Log auf dem Rechner des Daemons prüfen.',
  },
  tls: {
    title: 'Der Daemon konnte seine Identität nicht nachweisen',
    sentence:
      'Sein Zertifikat ist nicht das, das beim Verbinden dieser Konsole festgehalten wurde. Nichts wurde gesendet.',
    next: 'Nicht fortfahren. Beim Betrieb des Daemons nachfragen, ob die Zertifizierungsstelle ersetzt wurde, und mit einem neuen Code erneut verbinden.',
  },
  unauthenticated: {
    title: 'Diese Konsole hat keinen Zugang mehr',
    sentence: 'Ihr Zertifikat ist abgelaufen oder wurde widerrufen.',
    next: 'Bei Sicherheitsbeauftragten einen neuen Registrierungscode anfordern, den Daemon unter Einstellungen verlassen und erneut verbinden.',
  },
  forbidden: {
    title: 'Die vorhandenen Rollen erlauben dies nicht',
    sentence: 'Nichts wurde geändert.',
    next: 'Eine Person mit dieser Rolle bitten oder die Rolle bei Sicherheitsbeauftragten anfordern.',
  },
  'not-found': {
    title: 'Hier ist nichts',
    sentence: 'Der Eintrag wurde entfernt, oder die Adresse stimmt nicht.',
    next: 'Zur Liste zurückgehen und neu auswählen.',
  },
  conflict: {
    title: 'Beim jetzigen Stand nicht möglich',
    sentence: 'Nichts wurde geändert.',
    next: 'Den genannten Grund lesen, zuerst diesen beheben und erneut versuchen.',
  },
  'changed-meanwhile': {
    title: 'Inzwischen von anderer Seite geändert',
    sentence: 'Die eigene Änderung wurde nicht ausgeführt, damit die andere nicht verloren geht.',
    next: 'Neu laden, ansehen, was sich geändert hat, und die Änderung wiederholen.',
  },
  invalid: {
    title: 'Einige Felder sind so nicht zulässig',
    sentence: 'Nichts wurde geändert.',
    next: 'Die markierten Felder berichtigen.',
  },
  'too-many-requests': {
    title: 'Zu viele Versuche',
    sentence: 'Der Daemon nimmt davon eine Weile keine mehr an.',
    next: 'Eine Minute warten, dann erneut versuchen.',
  },
  unavailable: {
    title: 'Dem Daemon fehlt etwas',
    sentence: 'Der Daemon ist erreichbar, konnte dies aber jetzt nicht ausführen.',
    next: 'Erneut versuchen. Bleibt es so, auf seinem Rechner „tekportd doctor“ ausführen.',
  },
  malformed: {
    title: 'Der Daemon konnte die Anfrage nicht lesen',
    sentence: misunderstanding,
    next: versions,
  },
  'method-not-allowed': {
    title: 'Diese Funktion hat der Daemon nicht',
    sentence: misunderstanding,
    next: versions,
  },
  'precondition-required': {
    title: 'Der Daemon konnte die Anfrage nicht lesen',
    sentence: misunderstanding,
    next: versions,
  },
  'unsupported-media-type': {
    title: 'Der Daemon konnte die Anfrage nicht lesen',
    sentence: misunderstanding,
    next: versions,
  },
  'too-large': {
    title: 'Das ist zu viel auf einmal',
    sentence: 'Der Daemon nimmt Anfragen nur bis zu einer Grenze an. Nichts wurde geändert.',
    next: 'Die Eingabe kürzen oder in Teilen senden.',
  },
  address: {
    title: 'Das ist keine Adresse',
    sentence: 'Der Registrierungscode nennt einen Daemon, der so nicht erreichbar ist.',
    next: 'Einen neuen Registrierungscode anfordern.',
  },
  'not-tekport': {
    title: 'Dort antwortet etwas anderes',
    sentence: 'Die Gegenstelle ist kein Daemon, mit dem diese Konsole sprechen kann.',
    next: 'Die Adresse prüfen, und ob Konsole und Daemon dieselbe Version haben.',
  },
  'client-certificate': {
    title: 'Das Zertifikat dieser Konsole ist nicht verwendbar',
    sentence: 'Die Datei, in der es liegt, wurde verändert oder beschädigt.',
    next: 'Einen neuen Registrierungscode anfordern, den Daemon unter Einstellungen verlassen und erneut verbinden.',
  },
  'client-key-missing': {
    title: 'Der Schlüssel dieser Konsole fehlt im Schlüsselbund',
    sentence:
      'Ohne ihn weiß der Daemon nicht, wer fragt. Möglicherweise liegt er im Schlüsselbund einer anderen Person oder eines anderen Rechners.',
    next: 'Den Schlüsselbund wiederherstellen oder einen neuen Registrierungscode anfordern, den Daemon unter Einstellungen verlassen und erneut verbinden.',
  },
  'already-enrolled': {
    title: 'Diese Konsole hat bereits einen Daemon',
    sentence: 'Sie kann nur zu einem Daemon gehören. Der Code wurde nicht verbraucht.',
    next: 'Zuerst den bisherigen Daemon unter Einstellungen verlassen.',
  },
  'code-invalid': {
    title: 'Das ist kein Registrierungscode',
    sentence: 'Es wurde nichts gesendet.',
    next: 'Die ganze Zeile kopieren, die der Daemon ausgegeben hat, und erneut einfügen.',
  },
  'code-expired': {
    title: 'Dieser Registrierungscode ist abgelaufen',
    sentence: 'Codes gelten nur für begrenzte Zeit, damit ein verlorener keinen Schaden anrichtet.',
    next: 'Einen neuen anfordern. Auf dem Rechner des Daemons erzeugt ihn „tekportd enroll“.',
  },
  'sealing-key-invalid': {
    title: 'Der Versiegelungsschlüssel des Daemons ist nicht verwendbar',
    sentence:
      'Signaturschlüssel ließen sich nicht sicher übergeben; deshalb wurde diese Konsole nicht verbunden.',
    next: 'tekportd und diese Konsole aktualisieren, dann mit einem neuen Code verbinden.',
  },
  'sealing-key-changed': {
    title: 'Der Daemon hat einen anderen Versiegelungsschlüssel als bisher',
    sentence:
      'Es ist nicht der, der beim Verbinden dieser Konsole festgehalten wurde. Der Signaturschlüssel wurde nicht übergeben.',
    next: 'Wurde er gewechselt, den neuen auf der Seite der Signaturschlüssel ansehen und dort annehmen. Falls nicht: nicht fortfahren.',
  },
  'key-not-here': {
    title: 'Dieser Schlüssel liegt nicht im Schlüsselbund dieses Rechners',
    sentence: 'Übergeben kann ihn nur die Konsole, die ihn erzeugt hat.',
    next: 'Auf jenem Rechner ausführen oder hier eine neue Version erzeugen.',
  },
  'key-stays': {
    title: 'Dieser Schlüssel wird nicht übergeben',
    sentence:
      'Sein privater Teil bleibt, wo er ist: im Schlüsselbund oder im Token. Es wurde nichts gesendet.',
    next: 'Ein Schlüssel, den der Daemon verwahren soll, wird mit der Verwahrung „Daemon“ erzeugt.',
  },
  'key-not-to-send': {
    title: 'Dieser Schlüssel darf noch nicht versendet werden',
    sentence:
      'Ein Smartphone, das ihn früh erhält, muss seine Signatur in jeder neuen Datei finden. Es wurde nichts gespeichert.',
    next: 'Auf der Seite des Schlüssels steht, was noch fehlt.',
  },
  'another-key': {
    title: 'Der Daemon hat unter dieser ID einen anderen Schlüssel',
    sentence: 'Der Schlüssel in diesem Schlüsselbund wurde nicht übergeben.',
    next: 'Eine neue Version erzeugen.',
  },
  'keychain-missing': {
    title: 'Es läuft kein Schlüsselbund',
    sentence:
      'Schlüssel werden ausschließlich im Schlüsselbund des Betriebssystems aufbewahrt; deshalb wurde keiner erzeugt.',
    next: 'Einen Schlüsselbund starten, der den Secret Service anbietet, etwa GNOME Keyring oder KWallet, und erneut versuchen.',
  },
  'keychain-locked': {
    title: 'Der Schlüsselbund ist gesperrt',
    sentence: 'Nichts darin wurde gelesen oder geändert.',
    next: 'Den Schlüsselbund entsperren, dann erneut versuchen.',
  },
  'keychain-denied': {
    title: 'Der Schlüsselbund hat den Zugriff verweigert',
    sentence: 'Das Betriebssystem hat diese Konsole nicht zugelassen.',
    next: 'Erneut versuchen und bei der Rückfrage des Systems zustimmen.',
  },
  'keychain-damaged': {
    title: 'Ein Eintrag im Schlüsselbund ist nicht lesbar',
    sentence: 'Er ist vorhanden und wurde unverändert gelassen.',
    next: 'Ihn aus einer Sicherung des Schlüsselbunds wiederherstellen oder eine neue Version erzeugen.',
  },
  'keychain-not-kept': {
    title: 'Der Schlüsselbund hat den Schlüssel nicht behalten',
    sentence: 'Das Zurückgelesene weicht vom Gespeicherten ab; deshalb wurde nichts an den Daemon gesendet.',
    next: 'Erneut versuchen und das Log des Schlüsselbunds ansehen.',
  },
  'keychain-failed': {
    title: 'Der Schlüsselbund ist ausgefallen',
    sentence: 'An den Daemon wurde nichts gesendet.',
    next: 'Erneut versuchen und das Log des Schlüsselbunds ansehen.',
  },
  'keychain-empty': {
    title: 'Der Schlüsselbund ist nicht eingerichtet',
    sentence: 'Es gibt darin keinen Ort für Schlüssel; deshalb wurde keiner erzeugt.',
    next: 'Einen Schlüsselbund anlegen, in GNOME mit „Passwörter und Verschlüsselung“, und als Standard festlegen. Dann erneut versuchen.',
  },
  'keychain-no-answer': {
    title: 'Der Schlüsselbund antwortet nicht',
    sentence: 'Er wurde gefragt und hat minutenlang nichts gesagt.',
    next: 'Nach einem Fenster des Schlüsselbunds suchen, das etwas fragt, oder ab- und wieder anmelden. Dann erneut versuchen.',
  },
  'sealing-key-not-vouched': {
    title: 'Niemand bürgt für den Versiegelungsschlüssel des Daemons',
    sentence:
      'Die Zertifizierungsstelle, die beim Verbinden dieser Konsole festgehalten wurde, hat ihn nicht unterschrieben. Der bisherige bleibt gültig, und nichts wurde übergeben.',
    next: 'Nicht fortfahren. Beim Betrieb des Daemons nachfragen, ob er neu eingerichtet wurde.',
  },
  'data-folder': {
    title: 'Die eigenen Daten dieser Konsole sind nicht verwendbar',
    sentence: 'Dort merkt sie sich, zu welchem Daemon sie gehört.',
    next: 'Prüfen, ob der genannte Ordner existiert und beschreibbar ist.',
  },
  'downloads-folder': {
    title: 'Die Datei lässt sich nicht speichern',
    sentence: 'Es wurde nichts geschrieben.',
    next: 'Prüfen, ob der Download-Ordner existiert, Platz hat und beschreibbar ist.',
  },
  'file-changed': {
    title: 'Die Datei wurde nach der Veröffentlichung verändert',
    sentence:
      'Im Speicher liegt nicht das, was der Daemon dort abgelegt hat. Smartphones lehnen es möglicherweise ab.',
    next: 'Klären, wer in den Speicher schreiben kann, dann den Stapel neu erzeugen.',
  },
  clipboard: {
    title: 'Der Text wurde nicht kopiert',
    sentence: 'Die Zwischenablage hat ihn nicht angenommen.',
    next: 'Den Text markieren und von Hand kopieren.',
  },
  dialog: {
    title: 'Es lässt sich keine Datei auswählen',
    sentence: 'Das System hat keinen Dateidialog angezeigt.',
    next: 'Erneut versuchen. Unter Linux prüfen, ob GTK 3 vollständig installiert ist.',
  },
  'not-awaiting': {
    title: 'Dieser Stapel wartet auf keine Signatur',
    sentence: 'Möglicherweise wurde er bereits signiert, oder der Daemon hat die Dateien neu erstellt.',
    next: 'Zum Signierplatz zurückgehen und die Liste erneut ansehen.',
  },
  'review-outdated': {
    title: 'Die Dateien haben sich seit der Prüfung geändert',
    sentence: 'Es sind andere als die, die angesehen wurden. Nichts wurde signiert.',
    next: 'Vor dem Signieren erneut prüfen.',
  },
  'review-failed': {
    title: 'Dieser Stapel darf nicht signiert werden',
    sentence: 'Was der Daemon gesendet hat, ist nicht, was es sein müsste. Nichts wurde signiert.',
    next: 'Vor jeder Signatur klären, was der Daemon aus diesem Stapel gemacht hat. Bleibt es ungeklärt: nicht fortfahren.',
  },
  'config-not-approved': {
    title: 'Diese Konfiguration ist nicht zum Signieren freigegeben',
    sentence:
      'Unbeaufsichtigt signiert werden nur Konfigurationen, die auf diesem Rechner freigegeben wurden.',
    next: 'Die Bedingungen am Signierplatz ansehen und freigeben.',
  },
  'config-file': {
    title: 'Diese Datei lässt sich nicht importieren',
    sentence:
      'Sie ist keine Datei mit Exportkonfigurationen, wie Konsolen sie speichern, oder etwas darin passt nicht.',
    next: 'Das unten Genannte berichtigen oder die Konfigurationen erneut exportieren.',
  },
  'config-file-version': {
    title: 'Diese Datei hat eine andere Fassung',
    sentence: 'Sie wurde von einer Konsole gespeichert, die solche Dateien anders schreibt.',
    next: 'Diese Konsole aktualisieren oder die Datei mit einer gleich alten erneut speichern.',
  },
  'file-unreadable': {
    title: 'Die Datei ist nicht lesbar',
    sentence: 'Sie wurde nicht gefunden, ist keine Datei, oder die Leseberechtigung fehlt.',
    next: 'Prüfen, wo sie liegt, und sie erneut auswählen.',
  },
  'public-key': {
    title: 'Das ist kein öffentlicher Schlüssel',
    sentence: 'Einen Export prüfen kann nur ein öffentlicher P-256-Schlüssel als PEM.',
    next: 'Den ganzen Text einfügen, von -----BEGIN PUBLIC KEY----- bis -----END PUBLIC KEY-----.',
  },
  'authority-missing': {
    title: 'Für wen signiert dieser Schlüssel?',
    sentence: 'Google und Apple fragen nach der Behörde und ihren Apps; das hat noch niemand ausgefüllt.',
    next: 'Erst diese Angaben ausfüllen.',
  },
  'backup-not-noted': {
    title: 'Die Sicherung ist geschrieben, aber nicht vermerkt',
    sentence:
      'Die Datei ist in Ordnung. Der Daemon weiß noch nichts von ihr und fragt weiter nach einer Sicherung.',
    next: 'Die Datei aufbewahren. Noch einmal sichern, sobald der Daemon antwortet.',
  },
  'key-file': {
    title: 'Diese Datei ergibt keinen Signaturschlüssel',
    sentence: 'Signaturschlüssel sind P-256-Schlüssel als PEM: SEC1 oder PKCS#8. Es wurde nichts geändert.',
    next: 'Unten steht, was die Datei enthält; eine andere wählen oder sie umwandeln.',
  },
  'key-not-registered': {
    title: 'Der Daemon kennt diesen Schlüssel nicht',
    sentence:
      'Wiederherstellen lässt sich ein Schlüssel nur dort, wo sein öffentlicher Teil registriert ist. Es wurde nichts geändert.',
    next: 'Die Datei als neuen Schlüssel importieren oder eine andere wählen.',
  },
  'key-registered': {
    title: 'Der Daemon hat diesen Schlüssel bereits',
    sentence: 'Er ist registriert und wurde deshalb kein zweites Mal importiert.',
    next: 'Ihn stattdessen aus der Datei wiederherstellen, um ihn in diesem Schlüsselbund zu haben.',
  },
  'passphrase-needed': {
    title: 'Dieser Schlüssel ist verschlüsselt',
    sentence: 'Er öffnet sich nur mit seiner Passphrase.',
    next: 'Die Passphrase eingeben.',
  },
  'passphrase-unusable': {
    title: 'Das kann keine Passphrase sein',
    sentence: 'Sie ist leer, zu lang oder enthält Zeichen, die andere Programme nicht lesen.',
    next: 'Eine von 1 bis 1.000 Zeichen in einer Zeile eingeben.',
  },
  'passphrase-weak': {
    title: 'Diese Passphrase ist zu schwach',
    sentence: 'Wer eine Sicherung findet, kann beliebig lange raten. Es wurde nichts geschrieben.',
    next: 'Eine längere aus ungewöhnlichen Wörtern wählen.',
  },
  'passphrase-wrong': {
    title: 'Die Passphrase öffnet diesen Schlüssel nicht',
    sentence: 'Es ist eine andere, oder die Datei ist beschädigt. Es wurde nichts geändert.',
    next: 'Sie noch einmal eingeben.',
  },
  internal: {
    title: 'Ein Fehler im Programm',
    sentence: 'Er liegt am Programm, nicht an der Bedienung.',
    next: 'Erneut versuchen. Tritt er wieder auf, diesen Wortlaut und das Log des Daemons weitergeben.',
  },
};
