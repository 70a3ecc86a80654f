import type { AreaTexts } from '../../message-texts';
import { joined } from '../../joined';

const DAEMON_KEY = 'Soll der Daemon den Schlüssel haben, ist der Daemon als Verwahrung anzugeben';

export const key: AreaTexts<'key'> = {
  revoked: ({ key }) => `${key} wurde endgültig widerrufen. Nötig ist ein neuer Schlüssel`,
  'signs-no-more': ({ key }) => `${key} ist ausgemustert: Mit ihm wird nichts mehr signiert`,
  'stays-in-keychain': ({ key }) =>
    `${key} wird in einer Konsole verwahrt; sein privater Teil verlässt ihren Schlüsselbund nie. ${DAEMON_KEY}`,
  'stays-in-token': ({ key }) =>
    `${key} wird in einem Token verwahrt; sein privater Teil verlässt es nie. ${DAEMON_KEY}`,
  'no-token':
    'Die Konfiguration nennt kein Token. In tekportd.toml gehört ein Abschnitt [token]; danach ist tekportd neu zu starten',
  'pair-left': ({ id, label, problem }) =>
    `Im Token „${label}“ ist vielleicht ein Schlüsselpaar mit der CKA_ID ${id} zurückgeblieben: ${problem}. Es ist zu registrieren oder dort zu vernichten`,
  'maybe-registered': 'Ob es registriert ist, ist nicht bekannt',
  'nothing-destroyed':
    'Der Daemon weiß von keiner Kopie des privaten Teils dieses Schlüssels, die er vernichtet hätte',
  'traces-left': ({ count }) =>
    `Die Kopie ist vernichtet und unbrauchbar, doch im Journal der Datenbank, aus dem noch gelesen wird, sind Spuren von ihr (${count}). Sie verschwinden mit dem nächsten Checkpoint, spätestens bei einem Neustart des Daemons. Danach erneut suchen lassen`,
  'copy-needed': ({ key }) =>
    `${key} signiert. Ohne die Kopie des Daemons fehlte seine Signatur in der nächsten Datei. Er ist durch einen Wechsel zu beenden oder zu widerrufen`,
  'changed-in-search':
    'Der Schlüssel wurde geändert, während nach seinen Kopien gesucht wurde. Erneut suchen lassen',
  'no-backup': ({ key }) => `${key} verlässt sein Token nie; eine Sicherung gibt es von ihm also nicht`,
  'attach-ended': ({ key }) =>
    `${key} ist ausgemustert und signiert nicht mehr. Anzuhängen ist der Schlüssel, der ihn abgelöst hat`,
  'attach-ending': ({ key, end }) =>
    `${key} endet am ${end}. Seinen Nachfolger anhängen oder zuerst das Ende zurücknehmen`,
  'attach-changed': ({ region }) =>
    `Die Exportkonfiguration von ${region} wurde geändert, seit sie angesehen wurde. Es wurde nichts angehängt. Die Änderungen erneut ansehen, dann wiederholen`,
  'attach-config-ended': ({ region }) =>
    `Die Exportkonfiguration von ${region} ist beendet und erzeugt keine Dateien mehr. Sie ist wegzulassen`,
  'attach-leaves-out': (values) => {
    const who = joined(values.sent_to, 'und');
    return `In ${values.region} ist ${values.named} ohne ${values.newer} genannt, der danach kam und an ${who} gesendet wurde: Smartphones, die ${values.newer} schon haben, fänden in den Dateien dieser Konfiguration keine Signatur von ihm. Dort zuerst ${values.newer} anhängen`;
  },
  'attach-full': ({ region, max }) =>
    `Die Exportkonfiguration von ${region} hat schon ${max} Schlüssel, die signieren oder es noch werden; mehr Signaturen nehmen Geräte nicht an. Zuerst ist einer davon zu beenden`,
  'in-use': ({ key }) =>
    `${key} signiert inzwischen oder wurde versendet und lässt sich nicht mehr ersetzen. Mit seinem Wechsel fortfahren`,
  'not-revoked': ({ key }) =>
    `${key} ist nicht widerrufen. Dateien eines Schlüssels, dem Smartphones trauen, bleiben, wie sie sind`,
  'nobody-signs': ({ regions }) =>
    `Es kann nichts neu erzeugt werden: In ${joined(regions, 'und')} ist kein Schlüssel zum Signieren da. Dort zuerst einen Nachfolger anhängen`,
  'end-stays': ({ key, end }) =>
    `${key} endete am ${end}; seitdem haben Smartphones Dateien ohne seine Signatur. Ein Ende, das gekommen ist, bleibt`,
  'end-held': ({ key, end }) =>
    `Das Ende von ${key} kam am ${end} und bleibt. Der Schlüssel hört auf zu signieren, sobald nichts mehr im Weg steht`,
  'no-end': ({ key }) => `Für ${key} ist kein Ende festgelegt, das zurückzunehmen wäre`,
  'cannot-end': ({ key, wanted, reasons }) => `${key} kann nicht am ${wanted} enden. ${reasons}`,
  'no-authority': ({ key }) =>
    `Für wen ${key} signiert, ist noch nicht eingetragen: die Behörde, ihr Land und ihre Apps. Das ist zuerst nachzuholen`,
  'another-signed': ({ key }) =>
    `Die Signatur passt nicht zum registrierten öffentlichen Teil von ${key}: Ein anderer Schlüssel hat signiert`,
  'end-relies': ({ ending, recipient, key }) =>
    `Das Ende von ${ending} beruht darauf, dass ${recipient} ${key} bestätigt hat. Zuerst ist jenes Ende zurückzunehmen`,
};

const REFUSED = 'ohne die Signatur eines Schlüssels, der übernimmt. Smartphones würden';

export const end: AreaTexts<'end'> = {
  'not-signing': 'Er signiert nicht, es gibt also nichts zu beenden',
  'only-live-signer': ({ region }) =>
    `${region}: Kein anderer Schlüssel signiert dort weiter. Zuerst einen Nachfolger anhängen`,
  'only-older-keys': ({ region, key, older }) =>
    `${region}: Dort signieren nur ältere Schlüssel als ${key} weiter, etwa ${older}. Apple gibt iPhones immer nur einen Schlüssel, den neuesten: Wer ${key} hat, würde jede neue Datei ablehnen. Zuerst einen Nachfolger anhängen`,
  'not-confirmed': ({ region, missing, successor }) =>
    `${region}: ${successor} wurde von ${joined(missing, 'und')} noch nicht bestätigt. Sobald die Bestätigung da ist, ist sie zu vermerken`,
  'file-alone': ({ region, until }) =>
    `${region}: Bis zum ${until} bietet der Index 1 Datei an, ${REFUSED} sie ablehnen`,
  'files-alone': ({ region, count, until }) =>
    `${region}: Bis zum ${until} bietet der Index ${count} Dateien an, ${REFUSED} sie ablehnen`,
  'allowed-from': ({ time }) => `Erlaubt ist es ab ${time}`,
  'not-yet': 'Ab wann es erlaubt ist, zeigt sich, sobald das erledigt ist',
};

export const key_field: AreaTexts<'key_field'> = {
  'name-taken': ({ key }) => `${key} ist schon registriert`,
  'key-taken': ({ key }) => `Dieser Schlüssel ist schon registriert, als ${key}`,
  'sealed-elsewhere': 'Der Schlüssel wurde für einen anderen Daemon versiegelt',
  'not-opened': 'Der versiegelte Schlüssel lässt sich nicht öffnen',
  'no-reason': 'Die Begründung fehlt oder ist zu lang',
  'no-note': 'Der Vermerk ist zu lang oder enthält Steuerzeichen',
  days: ({ count }) => (count === '1' ? '1 Tag ist nicht erlaubt' : `${count} Tage sind nicht erlaubt`),
  'no-predecessor': ({ id }) => `Es gibt keinen Signaturschlüssel ${id}`,
  'other-key-id': (values) =>
    `${values.key} hat eine andere Schlüssel-ID als ${values.key_id}: Smartphones suchen einen Schlüssel nach ID und Version; ein Nachfolger behält also die ID und bekommt die nächste Version`,
  'taken-over': ({ key }) => `${key} ist ausgemustert, und ein anderer Schlüssel hat ihn abgelöst`,
  'nothing-to-rotate': ({ key }) => `${key} signiert noch nicht, es gibt also nichts zu wechseln`,
  'never-signed': ({ key }) =>
    `${key} wurde widerrufen, bevor er je signiert hat; es gibt also nichts zu übernehmen`,
  followed: ({ successor, key }) =>
    `${successor} folgt schon auf ${key}: Jenen Wechsel fortführen oder zuerst ${successor} widerrufen`,
  'no-config-named': 'Es ist keine Konfiguration genannt',
  'config-twice': 'Die Konfiguration ist zweimal genannt',
  'no-config': ({ text }) => `Es gibt keine Exportkonfiguration „${text}“`,
  'cannot-take-out': ({ key, reasons }) => `${key} kann nicht herausgenommen werden. ${reasons}`,
  'end-came': ({ key, end }) =>
    `Das Ende von ${key} kam am ${end}. Ein Ende, das gekommen ist, lässt sich nur noch vorverlegen`,
  passed: ({ time }) => `${time} ist vorbei`,
  'in-future': ({ time }) => `${time} liegt in der Zukunft`,
  'not-registered-yet': ({ key, time }) => `${key} war am ${time} noch nicht registriert`,
  'no-digest': ({ text }) => `„${text}“ ist kein SHA-256-Wert`,
  'no-base64': 'Das ist nicht Base64',
  'wrong-signature': ({ key }) =>
    `Sie passt für diesen SHA-256-Wert nicht zum registrierten öffentlichen Teil von ${key}: Ein anderer Schlüssel oder eine andere Datei wurde verwendet`,
};

export const key_allowed: AreaTexts<'key_allowed'> = {
  'new-key': 'Ein neu erzeugter Schlüssel',
  'new-version': 'Eine Version, die diese Schlüssel-ID noch nicht hat',
  'sealed-here': ({ fingerprint }) => `Der Versiegelungsschlüssel ${fingerprint}`,
  'private-half':
    'Der private Teil des registrierten Schlüssels, für diesen Daemon und diesen Schlüssel versiegelt',
  reason: '1 bis 500 Zeichen',
  note: 'Höchstens 500 Zeichen',
  'rotation-days': '30 bis 1825 Tage',
  predecessor:
    'Der Schlüssel derselben ID, der jetzt signiert oder der widerrufen wurde, während er signierte; nichts beim ersten einer ID',
  'in-token':
    'Die ID eines P-256-Schlüsselpaars, das im Token aufgeführt ist und signieren darf; nichts, um eines erzeugen zu lassen',
  'other-pair': 'Ein anderes Schlüsselpaar des Tokens, oder nichts, um eines erzeugen zu lassen',
  'some-configs': 'Mindestens eine, jede einmal',
  'each-config-once': 'Jede Konfiguration einmal',
  'config-id': 'Die ID einer Exportkonfiguration, wie Listen sie zeigen',
  'until-rotation': 'Schlüssel, die signieren, bleiben, bis ihr Wechsel sie beendet',
  until: ({ time }) => `${time} oder früher`,
  from: ({ time }) => `${time} oder später`,
  'since-registered': 'Eine vergangene Zeit seit der Registrierung des Schlüssels, oder nichts für jetzt',
  digest: 'Der SHA-256-Wert der unsignierten Datei: 64 hexadezimale Ziffern in Kleinbuchstaben',
  signature: 'Die ECDSA-P-256-Signatur des Schlüssels über den SHA-256-Wert: eine ASN.1-DER-Folge in Base64',
};
