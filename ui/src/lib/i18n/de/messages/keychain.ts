import type { AreaTexts } from '../../message-texts';

export const keychain: AreaTexts<'keychain'> = {
  'no-service':
    'Auf diesem Computer antwortet kein Schlüsselbund. In dieser Desktop-Sitzung muss einer laufen, der den Secret Service anbietet, etwa GNOME Keyring oder KWallet; danach die Konsole neu starten',
  locked:
    'Der Schlüsselbund ist gesperrt. Er ist zu entsperren, unter GNOME mit „Passwörter und Verschlüsselung“; danach erneut versuchen',
  empty:
    'Der Schlüsselbund hat keinen Bund für Schlüssel. Einer ist anzulegen, unter GNOME mit „Passwörter und Verschlüsselung“, und als Standard zu setzen; danach erneut versuchen',
  denied:
    'Der Schlüsselbund ist gesperrt, und seine Frage wurde geschlossen oder nicht angezeigt. Erneut versuchen und das Passwort des Schlüsselbunds eingeben, wenn das System danach fragt',
  'no-answer': ({ value }) =>
    `Der Schlüsselbund hat nach ${value} Sekunden nicht geantwortet. Vielleicht fragt ein Fenster von ihm nach etwas; sonst ab- und wieder anmelden und erneut versuchen`,
  damaged: ({ value }) =>
    `Der Eintrag ${value} des Schlüsselbunds ist da, enthält aber keinen lesbaren Schlüssel. Nichts wurde geändert: Er ist aus einer Sicherung des Schlüsselbunds wiederherzustellen oder dort von Hand zu entfernen`,
  'not-kept': ({ value }) =>
    `Der Eintrag ${value} des Schlüsselbunds kam nicht so zurück, wie er gespeichert wurde. An den Daemon ging nichts: erneut versuchen; Näheres steht im Log des Schlüsselbunds`,
  failed: 'Der Schlüsselbund hat versagt. Erneut versuchen; Näheres steht in seinem eigenen Log',
};
