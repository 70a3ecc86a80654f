import type { Texts } from '..';

export const rotation: Texts['rotation'] = {
  title: (keyId) => `Schlüsselwechsel ${keyId}`,
  action: 'Wechseln',
  open: 'Wechsel öffnen',
  leave: 'Verlassen und später fortsetzen',
  leaveDone: 'Zurück zu den Signaturschlüsseln',
  of: (name) => `der Wechsel von ${name}`,
  steps: {
    generate: 'Erzeugen',
    attach: 'Mit beiden signieren',
    send: 'Öffentlichen Teil senden',
    confirm: 'Bestätigt',
    end: 'Alter Schlüssel endet',
  },
  notes: {
    generated: (version, day) => `${version}, ${day}`,
    attached: (day, configs) => `${day}, ${configs === 1 ? '1 Konfiguration' : `${configs} Konfigurationen`}`,
    attachedTo: (done, all) => `${done} von ${all} Konfigurationen`,
    sent: (day, by) => `${day}, von ${by}`,
    sentTo: (who) => `an ${who}`,
    confirmed: (who, day) => `${who} ${day}`,
    open: (who) => `${who} offen`,
    notBefore: (day) => `nicht vor ${day}`,
    endsOn: (day) => `am ${day}`,
    ended: (day) => day,
    between: ' · ',
  },
  generate: {
    title: (version) => `Nachfolger erzeugen: ${version}`,
    text: (old) =>
      `Er bekommt dieselbe Schlüssel-ID und die nächste Version. ${old} signiert weiter; Smartphones bemerken noch nichts.`,
    action: 'Nachfolger erzeugen',
    elsewhereTitle: 'Sein privater Teil liegt in einem anderen Schlüsselbund',
    elsewhere: (name, by, day) =>
      `${name} wurde von ${by} am ${day} erzeugt und dem Daemon noch nicht übergeben. An jener Konsole fortfahren oder hier eine Sicherung wiederherstellen; der Wechsel geht dort weiter, wo er steht.`,
    handOver: (name) =>
      `${name} liegt im Schlüsselbund dieses Rechners und wurde dem Daemon noch nicht übergeben.`,
    handOverAction: 'Übergeben',
    another: 'Durch einen anderen Nachfolger ersetzen',
    replacedBecause: 'Durch einen anderen Nachfolger ersetzt: Sein privater Teil war nicht zur Hand.',
  },
  attach: {
    title: 'Beide signieren lassen',
    note: (count) => (count === 1 ? '1 Konfiguration' : `${count} Konfigurationen`),
    text: (old, successor) =>
      `Bevor irgendwer ${successor} bekommt, muss jede neue Datei seine Signatur neben der von ${old} tragen. Smartphones benutzen weiter ${old}; wer ${successor} zu früh bekommt, findet auch dessen Signatur.`,
    none: (old) => `Keine Exportkonfiguration wird von ${old} signiert, es gibt also nichts anzuhängen.`,
    action: (count) => (count === 1 ? 'In 1 Konfiguration anhängen' : `In ${count} Konfigurationen anhängen`),
    dialogTitle: (successor, old) => `${successor} neben ${old} anhängen?`,
    dialogText:
      'Alle Konfigurationen ändern sich auf einmal oder keine. Auch Stapel, die schon warten, bekommen beide Signaturen.',
    confirm: 'Anhängen',
    done: (successor) => `${successor} signiert neben seinem Vorgänger`,
    keys: (region) => `${region} · Signaturschlüssel`,
    ended: (region) => `${region}, beendet; die Dateien werden neu erzeugt`,
  },
  send: {
    title: 'Öffentlichen Teil senden',
    note: 'an Google und an Apple',
    before: 'Gesendet wird, wenn beide signieren',
  },
  confirm: {
    title: 'Bestätigungen',
    note: (version) => `${version} darf erst nach beiden enden`,
    whatWasSent: 'Was gesendet wurde',
  },
  end: {
    title: (version) => `Das Ende von ${version}`,
    text: (old, successor) =>
      `Google und Apple haben ${successor} bestätigt. ${old} darf enden, sobald keine angebotene Datei allein von ihm abhängt.`,
    ending: (old) => `${old} hört dann von selbst auf zu signieren. Sonst ist nichts zu tun.`,
    doneTitle: 'Der Wechsel ist abgeschlossen',
    done: (old, successor) =>
      `${old} signiert nicht mehr. ${successor} hat in jeder Konfiguration übernommen, und Smartphones verlassen sich darauf.`,
    openSuccessor: (successor) => `${successor} öffnen`,
    whenEnds: (version) => `Wenn ${version} endet`,
    untilDay: (keys, day) => `${keys} bis ${day}`,
    noDay: 'zu seinem Ende',
  },
  next: {
    generate: (old, successor) =>
      `${successor} soll auf ${old} folgen und kann nicht signieren: den privaten Teil übergeben oder ihn durch einen anderen Nachfolger ersetzen.`,
    'sign-with-both': (old, successor) =>
      `${successor} signiert noch nicht in jeder Konfiguration von ${old}: dort anhängen.`,
    'send-public-key': (_old, successor) =>
      `${successor} signiert überall und wurde noch nicht an Google und Apple gesendet: den öffentlichen Teil senden.`,
    confirm: (_old, successor) =>
      `${successor} wurde gesendet und ist noch nicht von Google und Apple bestätigt: bei den Kontaktstellen nachfragen.`,
    'end-old-key': (old, successor) =>
      `Google und Apple haben ${successor} bestätigt, und ${old} hat noch kein Ende: das Ende festlegen.`,
  },
  keyTitle: (name) => `Schlüssel ${name}`,
  facts: {
    fingerprint: 'Fingerabdruck (SHA-256)',
    custody: 'Verwahrung',
    privateHalf: 'Privater Teil',
    backup: 'Sicherung',
  },
};

export const compromise: Texts['compromise'] = {
  title: (name) => `${name} ist kompromittiert`,
  action: 'Er ist kompromittiert',
  lead: 'Jemand anderes kann womöglich im Namen der Behörde signieren. Die Schritte von oben nach unten gehen; jeder zeigt, wo er steht, für alle Sicherheitsbeauftragten an jeder Konsole.',
  impactTitle: 'Was der Widerruf bewirkt',
  stopped: 'Veröffentlichen nichts',
  stoppedText: 'dort signiert kein anderer Schlüssel, bis einer angehängt ist',
  unconfirmed: 'Von manchen Smartphones abgelehnt',
  unconfirmedText:
    'kein anderer Schlüssel ist von beiden bestätigt oder nur ein älterer, den Apple ersetzt hat; bis das Ausrollen abgeschlossen ist',
  unaffected: 'Laufen weiter',
  unaffectedText: 'dort signiert ein anderer bestätigter Schlüssel',
  noConfigs: 'Keine Konfiguration signiert damit.',
  files: 'Angebotene Dateien mit seiner Signatur',
  filesText: (offered, alone) => `${offered}, davon ${alone} nur von ihm`,
  phonesTitle: 'Was Smartphones sehen',
  phones: {
    now: 'Jetzt: Smartphones vertrauen dem Schlüssel noch. Wer ihn hat, kann Dateien machen, die sie annehmen, sofern auch die Download-Adresse erreichbar ist. Der Widerruf hält den Daemon an; nur Google und Apple können bewirken, dass Smartphones dem Schlüssel nicht mehr vertrauen. Deshalb sofort an beide schreiben.',
    gap: 'Bis der Nachfolger ausgerollt ist, meist eine Woche bis zehn Tage: Smartphones lehnen neue Dateien von Konfigurationen ab, die keinen bestätigten Schlüssel mehr haben. Die Dateien bleiben die ganze Aufbewahrungsfrist im Index und können noch geholt werden, sobald der Nachfolger da ist.',
    after: 'Nach dem Ausrollen nehmen Smartphones von selbst wieder alles an.',
  },
  checklist: 'Was zu tun ist',
  goOn: 'Was nach dem Widerruf zu tun bleibt. Alle Sicherheitsbeauftragten können damit weitermachen, an jeder Konsole.',
  open: 'Checkliste öffnen',
  done: 'Erledigt',
  todo: 'Zu tun',
  steps: {
    revoke: 'Schlüssel widerrufen',
    revokeText:
      'Der Daemon vernichtet seine Kopie und signiert nie wieder damit. Das lässt sich nicht rückgängig machen.',
    revokedOn: (day) => `Widerrufen am ${day}`,
    revokeAction: 'Jetzt widerrufen',
    tell: 'Google und Apple Bescheid geben',
    tellText:
      'Beide bitten, dem Schlüssel nicht mehr zu vertrauen, mit Name und Fingerabdruck. Das kann die Konsole nicht übernehmen.',
    copy: 'Name und Fingerabdruck kopieren',
    copied: 'Name und Fingerabdruck',
    generate: 'Nachfolger erzeugen',
    generateText: (version) =>
      `Ein neuer Schlüssel, ${version}, jetzt und in einem vertrauenswürdigen Schlüsselbund.`,
    generated: (name) => `${name} ist da.`,
    generateAction: 'Nachfolger erzeugen',
    handOver: (name) =>
      `${name} ist da und kann noch nicht signieren: Sein privater Teil wurde nicht übergeben. An der Konsole fortfahren, die ihn erzeugt hat.`,
    attach: 'In jeder Konfiguration anhängen',
    attachText: 'Von da an gibt es wieder signierte Dateien.',
    attached: (name) => `${name} signiert.`,
    attachAction: 'Änderungen ansehen und anhängen',
    regenerate: 'Angebotene Dateien neu erzeugen',
    regenerateText: (files) =>
      `Mit der Signatur des widerrufenen Schlüssels in den Indexen: ${files}. Sie werden neu erzeugt und von den jetzt gültigen Schlüsseln signiert.`,
    regenerated: 'Kein Index bietet eine Datei mit seiner Signatur an.',
    regenerateAction: 'Dateien neu erzeugen',
    regenerateRole: 'Dafür braucht es auch die Rolle Betrieb.',
    regenerateDone: (count) =>
      count === 1 ? '1 Stapel wird neu erzeugt' : `${count} Stapel werden neu erzeugt`,
    regenerateWithoutKey: (regions) =>
      `${regions}: Dort ist kein gültiger Schlüssel angehängt, die Dateien bleiben also, wie sie sind. Den Nachfolger anhängen, dann noch einmal neu erzeugen.`,
    regeneratePaused: (regions) =>
      `${regions}: angehalten. Die Stapel sind angelegt und warten, bis die Konfiguration fortgesetzt wird.`,
    send: 'Nachfolger senden und auf beide warten',
    sendText: 'Bis Google und Apple ihn bestätigt haben, können Smartphones seine Signatur nicht prüfen.',
    sendAction: 'Mit dem Wechsel fortfahren',
    confirmed: (name) => `Google und Apple haben ${name} bestätigt.`,
    first: 'Kommt nach den Schritten darüber.',
  },
  regenerateDialog: {
    title: (name) => `Dateien von ${name} neu erzeugen?`,
    description: (files) =>
      `${files} erhalten neue Namen und neue Signaturen. Jedes Smartphone lädt und vergleicht sie erneut, was auf seine Dateien pro Tag angerechnet wird (15 bei iOS, 20 bei Android). Das lässt sich nicht rückgängig machen.`,
  },
};
