import type { Texts } from '..';

export const batches: Texts['batches'] = {
  title: 'Stapel',

  timeline: {
    title: 'Zeitleiste',
    zone: 'UTC',
    label: 'Stapel nach Zeitfenstern, eine Zeile je Konfiguration',
    scale: 'Maßstab der Zeitleiste',
    scales: { hours: 'Einzelne Stapel', days: 'Tag für Tag' },
    toNow: 'Zur Gegenwart',
    one: (window, state, files) => `${window}: ${state}, ${files}`,
    files: (count) => (count === 1 ? '1 Datei' : `${count} Dateien`),
    several: (time, batches) => `${time}: ${batches}`,
    batches: (count, batches) => (batches === 1 ? '1 Stapel' : `${count} Stapel`),
    withFailed: (batches, failed) => `${batches} Stapel, ${failed} fehlgeschlagen`,
    next: (window) => `${window}: folgt als Nächstes`,
    legend: 'Bedeutung der Farben',
  },

  filter: {
    config: 'Konfiguration',
    allConfigs: 'Alle Konfigurationen',
    state: 'Status',
    allStates: 'Jeder Status',
    clear: 'Alle anzeigen',
    goTo: 'Gehe zu Tag (UTC)',
  },
  states: {
    open: 'Wartet',
    leased: 'Wird erstellt',
    'awaiting-signature': 'Wartet auf Signatur',
    complete: 'Abgeschlossen',
    failed: 'Fehlgeschlagen',
    expired: 'Ausgelaufen',
    superseded: 'Ersetzt',
  },

  legend: {
    good: 'Veröffentlicht',
    wait: 'Wartet oder wird erstellt',
    warn: 'Zurückgestellt',
    bad: 'Fehlgeschlagen',
    idle: 'Nichts zu veröffentlichen, ausgelaufen oder ersetzt',
    next: 'Folgt als Nächstes',
  },

  meaning: {
    published: (clock) => `Veröffentlicht ${clock}`,
    nothing: 'Keine Schlüssel, keine Datei',
    heldOver: (keys) => `Zurückgestellt: ${keys} Schlüssel`,
    waiting: 'Wartet',
    inWork: 'Wird erstellt',
    unsigned: 'Wartet auf Signatur',
    failed: 'Fehlgeschlagen',
    failedRetry: (wait) => `Fehlgeschlagen, erneut in ${wait}`,
    failedRetryNow: 'Fehlgeschlagen, Versuch fällig',
    withdrawn: 'Nicht mehr im Index',
    replaced: 'Ersetzt',
  },
  meaningDetail: {
    published: (when) =>
      `Die Dateien stehen seit ${when} im Index; Smartphones laden sie beim nächsten Abruf.`,
    nothing:
      'Für dieses Zeitfenster ging kein Schlüssel ein, deshalb braucht es keine Datei. Den Smartphones entgeht nichts.',
    heldOver:
      'Zu wenige Schlüssel, um unter ihnen nicht aufzufallen: Sie erscheinen mit dem nächsten Zeitfenster.',
    waiting:
      'Das Zeitfenster ist geschlossen. Der Stapel wird erstellt, sobald die vorigen Zeitfenster erledigt sind.',
    waitingAnew: 'Es wird bald neu erzeugt. Bis dahin bleiben die alten Dateien im Angebot.',
    inWork: 'Ein Daemon erstellt gerade die Dateien.',
    unsigned:
      'Die Dateien sind erstellt; es fehlt eine Signatur, die nur die Konsole von Sicherheitsbeauftragten leisten kann. Bis dahin ist aus diesem Zeitfenster nichts veröffentlicht, und spätere Zeitfenster dieser Konfiguration warten.',
    unsignedAnew:
      'Die neuen Dateien sind erstellt; es fehlt eine Signatur, die nur die Konsole von Sicherheitsbeauftragten leisten kann. Bis dahin bleiben die alten Dateien im Angebot, und kein späteres Zeitfenster wartet.',
    failed:
      'Aus diesem Zeitfenster ist noch nichts veröffentlicht, und spätere Zeitfenster dieser Konfiguration warten darauf. Smartphones erhalten keine neuen Schlüssel dieser Region, bis es gelingt.',
    failedAnew:
      'Die Neuerzeugung ist fehlgeschlagen. Bis sie gelingt, bleiben die alten Dateien im Angebot, und kein späteres Zeitfenster wartet.',
    withdrawn:
      'Die Dateien standen die ganze Aufbewahrungsfrist im Index und haben ihn verlassen. Smartphones hatten genug Zeit für den Abruf.',
    replaced:
      'Die Dateien wurden neu erzeugt: Neuere Dateien desselben Zeitfensters sind an ihre Stelle getreten.',
  },

  table: {
    label: 'Stapel',
    config: 'Konfig.',
    window: 'Zeitfenster (UTC)',
    state: 'Status',
    new: 'Neu',
    revised: 'Geändert',
    generated: 'Erzeugt',
    files: 'Dateien',
    size: 'Größe',
    signedBy: 'Signiert von',
    lacks: (keys) => `es fehlt ${keys}`,
    none: '–',
    loading: 'Wird gelesen',
    open: (region, window) => `${region}, ${window} UTC`,
  },

  empty: {
    title: 'Noch kein Stapel',
    detail:
      'Ein Stapel entsteht, sobald ein Zeitfenster einer Exportkonfiguration geschlossen ist. Der erste kommt von selbst; wann, steht auf der Seite der Konfiguration.',
    toConfigs: 'Zu den Exportkonfigurationen',
    noMatch: 'Kein Stapel passt',
    noMatchDetail: 'Konfiguration oder Status über der Tabelle ändern.',
  },

  detail: {
    crumb: (region, window) => `${region}, ${window}`,
    title: 'Stapel',
    window: 'Zeitfenster',
    config: 'Exportkonfiguration',
    attempts: 'Versuche',
    completed: 'Abgeschlossen',
    generation: 'Erzeugung',
    regenerated: (count) => (count === 1 ? 'Einmal neu erzeugt' : `${count}-mal neu erzeugt`),
    error: 'Fehlerursache',
    nextAttempt: (when, wait) => `Nächster Versuch ${when}, in ${wait}.`,
    nextAttemptDue: 'Der nächste Versuch ist jetzt fällig.',
    summary: 'Stand',
  },

  progress: {
    label: 'Fortschritt',
    steps: {
      collecting: 'Schlüssel werden gelesen',
      'making-files': 'Schlüssel werden geordnet, Dateien erstellt',
      signing: 'Wird signiert',
      storing: 'Dateien werden gespeichert',
      verifying: 'Dateien werden zurückgelesen und wie von einem Smartphone geprüft',
    },
    ofFiles: (step, done, files) => `${step}, ${done} von ${files} fertig`,
  },

  attempts: {
    title: 'Versuche',
    label: 'Ergebnis jedes Versuchs, neueste zuerst',
    none: 'Der Daemon hat noch nicht damit begonnen.',
    notKept: 'Sie liegen nicht vor, solange der Daemon nicht erreichbar ist.',
    number: (attempt) => `Versuch ${attempt}`,
    outcomes: {
      running: 'Läuft',
      unsigned: 'Erstellt, noch nicht signiert',
      failed: 'Fehlgeschlagen',
      done: 'Gelungen',
    },
    showAll: (count) => `Alle ${count} anzeigen`,
  },

  awaiting: {
    title: 'Wartet auf eine Signatur',
    since: 'Seine Dateien sind fertig und warten seit',
    late: (length) => `Verspätet um ${length}`,
    review: 'Prüfen und signieren',
    signers: 'Wer signieren muss',
    signed: 'Signiert',
    missing: 'Fehlt',
    custody: {
      daemon: 'signiert von selbst, im Daemon',
      console: 'signiert an einer Konsole, die ihn hat',
      hsm: 'signiert von selbst, im Token',
    },
    files: 'Dateien, denen Signaturen fehlen',
    file: (number) => `Datei ${number}`,
    counts: (keys, revised) => `${keys} Schlüssel, ${revised} geändert`,
    digest: 'SHA-256 von export.bin; das wird signiert',
  },

  account: {
    title: 'Verbleib der Schlüssel',
    label: 'Abgleich',
    incoming: 'Eingegangen',
    outgoing: 'Verbleib',
    total: 'Zusammen',
    agrees: 'Stimmt überein',
    differs: 'Weicht ab',
    balanced: 'Beide Seiten stimmen überein: Jeder Schlüssel ist erfasst.',
    unbalanced:
      'Die beiden Seiten weichen voneinander ab. Der Daemon veröffentlicht einen solchen Stapel nicht; bitte den Betrieb verständigen.',
    generated: (keys) =>
      `Daneben stehen ${keys} erzeugte Schlüssel: Sie verbergen die echten und passen zu keinem Smartphone.`,
    pending: 'Wird gezählt, wenn der Stapel abgeschlossen ist.',
    lines: {
      received: 'Im Zeitfenster eingegangen',
      from_earlier: 'Aus früheren Zeitfenstern, erst jetzt freigegeben',
      new_keys: 'Erstmals veröffentlicht',
      revised_keys: 'Geändert oder widerrufen, erneut veröffentlicht',
      embargoed: 'Noch gültig: in einem späteren Stapel',
      'left-out:traveler': 'Ausgelassen: von Reisenden',
      'left-out:held-over': 'Auf das nächste Zeitfenster zurückgestellt',
      'left-out:revoked-before-release': 'Ausgelassen: vor der Veröffentlichung widerrufen',
      'left-out:superseded-by-revision': 'Ausgelassen: stattdessen erschien eine neuere Fassung',
      'left-out:expired': 'Ausgelassen: zu alt für einen Abgleich',
    },
    leftOut: (rule) => `Ausgelassen: ${rule}`,
  },

  files: {
    title: 'Dateien',
    label: 'Dateien dieses Stapels',
    none: 'Dieser Stapel hat keine Dateien.',
    nonePending: 'Dateien erscheinen, sobald der Stapel erstellt ist.',
    noneSigned:
      'Sie sind erstellt und stehen oben; veröffentlicht werden sie, sobald jeder Schlüssel signiert hat.',
    keys: (keys, revised) => `${keys} Schlüssel, ${revised} geändert`,
    path: 'Pfad',
    counts: 'Schlüssel',
    revised: 'Geändert',
    size: 'Größe',
    signedBy: 'Signiert von',
    published: 'Veröffentlicht',
    publishedAt: (when) => `Im Index seit ${when}`,
    notPublished: 'Noch nicht im Index',
    withdrawnAt: (when) => `Aus dem Index entfernt ${when}`,
    deletedAt: (when) => `Aus dem Speicher gelöscht ${when}`,
    sha256: 'SHA-256',
    address: 'Adresse',
    download: 'Herunterladen',
    downloading: 'Wird heruntergeladen …',
    saved: (path, size) => `Gespeichert unter ${path} (${size})`,
    verify: 'Prüfen',
    verifying: 'Wird geprüft …',
    gone: 'Die Datei wurde nach der Aufbewahrungsfrist aus dem Speicher gelöscht und ist nicht mehr abrufbar.',
  },

  verify: {
    title: 'Prüfung',
    close: 'Schließen',
    fileVerdicts: {
      accepted: 'Ein Smartphone würde diese Datei annehmen',
      refused: 'Ein Smartphone würde diese Datei ablehnen',
      unverified: 'Regeln eingehalten, kein Schlüssel zur Prüfung der Signatur vorhanden',
    },
    unverifiedMeans:
      'An der Datei selbst ist nichts auszusetzen. Smartphones nehmen sie an, wenn sie einen Schlüssel kennen, der sie signiert hat: Prüfen Sie sie mit diesem öffentlichen Schlüssel.',
    unreadable: 'Sie ist nicht lesbar:',
    signatures: 'Signaturen',
    rules: 'Geräteregeln',
    findings: {
      verified: 'Gültig',
      wrong: 'Ungültig',
      'unknown-key': 'Schlüssel fehlt',
      malformed: 'Keine Signatur',
    },
    algorithm: 'Algorithmus',
    verifiedBy: (key) => `gültig mit dem öffentlichen Schlüssel von ${key}`,
    verdicts: { pass: 'Eingehalten', fail: 'Verletzt', 'not-applicable': 'Nicht anwendbar' },
    required: 'Smartphones lehnen die Datei ab oder verwerfen Schlüssel daraus.',
    advice: 'Smartphones nehmen die Datei trotzdem an.',
    passedCount: (passed, all) => `${passed} von ${all} eingehalten`,
    ruleNames: {
      entries: 'Enthält genau export.bin und export.sig',
      'file-size': 'Höchstens 16 MB',
      'key-count': 'Höchstens 750.000 Schlüssel',
      'signature-count': 'So viele Signaturen wie genannte Unterzeichner',
      'signature-algorithm': 'Jedes Verfahren ist ECDSA P-256 mit SHA-256',
      'signature-form': 'Jede Signatur ist DER',
      'signature-names': 'Beide Einträge nennen dieselben Unterzeichner in derselben Reihenfolge',
      'key-ids': 'Jeder Unterzeichner hat eine Schlüssel-ID',
      'batch-numbers': 'Steht für sich: Datei 1 von 1',
      'key-ranges': 'Die Felder jedes Schlüssels liegen im zulässigen Bereich',
      'signature-maximum': 'Höchstens 10 Signaturen',
      timestamps: 'Das Zeitfenster beginnt vor seinem Ende',
      region: 'Die Region ist ein Regionscode',
      'keys-unique': 'Kein Schlüssel kommt doppelt vor',
      'key-order': 'Die Reihenfolge der Schlüssel verrät nichts über Personen',
      embargo: 'Kein Schlüssel wurde veröffentlicht, solange er gültig war',
      'key-age': 'Mindestens ein Schlüssel ist jung genug für einen Abgleich',
    },
  },

  retry: {
    action: 'Jetzt wiederholen',
    title: 'Diesen Stapel jetzt erneut versuchen?',
    body: 'Der Daemon beginnt mit diesem Zeitfenster sofort von vorn, statt zu warten. Smartphones sehen die Datei, sobald es gelingt, und danach die der späteren Zeitfenster.',
    confirm: 'Jetzt wiederholen',
    done: 'Der Stapel wird jetzt erneut versucht.',
  },
  regenerate: {
    action: 'Neu erzeugen …',
    title: 'Die Dateien dieses Zeitfensters neu erzeugen?',
    body: 'Das Zeitfenster wird aus den Schlüsseln von damals erneut exportiert, mit der Konfiguration und den Signaturschlüsseln von heute. Nur sinnvoll, wenn eine Datei fehlerhaft ist.',
    phones: {
      title: 'Was Smartphones davon sehen',
      leave: (files) =>
        files === 1
          ? 'Die Datei verlässt den Index, sobald die neue dort steht.'
          : `Die ${files} Dateien verlassen den Index, sobald die neuen dort stehen.`,
      arrive: 'Neue Dateien mit neuen Namen kommen am Ende des Index hinzu.',
      again: (size) =>
        `Jedes Smartphone lädt das Zeitfenster erneut und gleicht es ab: jeweils etwa ${size}, auch wenn es das schon getan hat.`,
      limits:
        'Das wird auf die Dateien angerechnet, die ein Smartphone pro Tag annimmt: 15 bei iOS, 20 bei Android.',
      known:
        'Was ein Smartphone der alten Datei entnommen hat, behält es: Neu erzeugte Dateien ergänzen und berichtigen, sie nehmen nichts zurück.',
    },
    confirm: 'Neu erzeugen',
    done: 'Das Zeitfenster wird neu erzeugt. Der neue Stapel steht in der Liste.',
  },
};
