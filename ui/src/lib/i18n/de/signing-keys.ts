import type { Texts } from '..';

export const signingKeys: Texts['signingKeys'] = {
  title: 'Signaturschlüssel',
  generate: 'Schlüssel erzeugen',
  emptyTitle: 'Noch kein Signaturschlüssel',
  emptyText:
    'Smartphones nehmen einen Export nur mit der Signatur eines Schlüssels an, den Google und Apple für die Behörde ausgerollt haben. Der erste wird hier erzeugt; er entsteht im Schlüsselbund dieses Rechners.',
  group: (keyId) => `Schlüssel ${keyId}`,
  versions: (count) => (count === 1 ? '1 Version' : `${count} Versionen`),
  columns: {
    key: 'Schlüssel',
    state: 'Status',
    custody: 'Signiert in',
    google: 'Google',
    apple: 'Apple',
    next: 'Als Nächstes',
    configs: 'Konfig.',
    actions: 'Aktionen',
  },
  name: (keyId, version) => `${keyId} ${version}`,
  state: {
    generated: 'Erzeugt',
    introduced: 'Eingeführt',
    active: 'Aktiv',
    retiring: 'Auslaufend',
    retired: 'Ausgemustert',
    revoked: 'Widerrufen',
  },
  stateMeans: {
    generated:
      'Noch keine Datei trägt seine Signatur: Er signiert, sobald er kann und eine Exportkonfiguration ihn nennt.',
    introduced:
      'Signiert jede neue Datei seiner Konfigurationen. Google oder Apple hat ihn noch nicht bestätigt.',
    active: 'Signiert jede neue Datei seiner Konfigurationen; Google und Apple haben ihn bestätigt.',
    retiring: 'Signiert bis zu seinem festgelegten Ende.',
    retired: 'Sein Ende ist gekommen: Er signiert nicht mehr.',
    revoked: 'Signiert nie wieder.',
  },
  custody: { daemon: 'Daemon', console: 'Schlüsselbund einer Konsole', hsm: 'Token' },
  custodyLong: {
    daemon:
      'Daemon: von der Konsole für ihn versiegelt, dort verschlüsselt abgelegt, signiert unbeaufsichtigt.',
    console:
      'Konsole: Der private Teil bleibt im Schlüsselbund von Sicherheitsbeauftragten, und jeder Stapel wartet, bis er dort signiert wurde.',
    hsm: 'Token (PKCS#11), das der Daemon erreicht: Der private Teil liegt darin und signiert unbeaufsichtigt.',
  },
  keychain: {
    here: 'privater Teil hier',
    elsewhere: 'privater Teil anderswo',
    unknown: 'Schlüsselbund nicht lesbar',
  },
  noBackup: 'keine Sicherung',
  generateDialog: {
    title: 'Signaturschlüssel erzeugen',
    successorTitle: (name) => `Nachfolger von ${name} erzeugen`,
    description:
      'Ein neuer P-256-Schlüssel. Niemand bekommt seinen privaten Teil zu sehen, auch dieses Fenster nicht.',
    keyId: 'Schlüssel-ID',
    keyIdHelp: 'Üblich ist der Mobile Country Code, etwa 262. Buchstaben, Ziffern und _; höchstens 64.',
    version: 'Version',
    versionHelp: 'Steigt mit jedem neuen Schlüssel derselben ID: v1, v2, …',
    badName: 'Nur Buchstaben, Ziffern und _, davon 1 bis 64.',
    taken: (name) => `Einen Schlüssel ${name} gibt es schon. Bitte eine andere Version wählen.`,
    follows: (name) => `Er folgt auf ${name}; damit beginnt dessen Wechsel.`,
    replaces: (name) =>
      `Er tritt an die Stelle von ${name}, der nie signiert hat und an niemanden gesendet wurde. ${name} wird endgültig widerrufen.`,
    confirm: 'Schlüssel erzeugen',
    working: 'Der Schlüssel wird erzeugt und registriert.',
    done: (name) => `Schlüssel ${name} wurde erzeugt`,
  },
  custodyChoice: {
    legend: 'Wo er signiert',
    daemon: 'Im Daemon',
    daemonHelp:
      'Entsteht in diesem Schlüsselbund, wird versiegelt und übergeben. Stapel werden sofort signiert, ohne dass jemand da ist.',
    console: 'In diesem Schlüsselbund',
    consoleHelp:
      'Der private Teil verlässt ihn nie. Jeder Stapel wartet, bis Sicherheitsbeauftragte oder diese Konsole unbeaufsichtigt ihn signiert haben.',
    hsm: 'Im Token',
    hsmHelp:
      'Entsteht im PKCS#11-Token des Daemons oder liegt dort schon. Signiert, ohne dass jemand da ist.',
    tokenNotConfigured: 'Beim Daemon ist kein Token konfiguriert.',
    tokenKey: 'Schlüssel im Token',
    tokenNew: 'Einen neuen erzeugen',
    tokenExtractable: (label) => `${label} (aus dem Token auslesbar)`,
  },
  keyFile: {
    choose: 'Datei wählen',
    another: 'Andere Datei wählen',
    file: 'Datei',
    format: 'Was sie ist',
    fingerprint: 'Fingerabdruck (SHA-256)',
    passphrase: 'Passphrase der Datei',
    open: 'Öffnen',
    registeredAs: 'Registriert als',
    notRegistered: 'kein Schlüssel dieses Daemons',
    inKeychain: 'Dieser Schlüsselbund hat ihn schon.',
  },
  importDialog: {
    action: 'Importieren',
    title: 'Schlüssel importieren',
    description:
      'Ein privater Schlüssel als PEM: PKCS#8 oder SEC1, mit oder ohne Passphrase, nur P-256. Er kommt in diesen Schlüsselbund; die Datei bleibt, wie sie ist.',
    registered: (name) =>
      `Das ist ${name}, der schon registriert ist. Mit „Sicherung wiederherstellen“ kommt er in diesen Schlüsselbund.`,
    confirm: 'Schlüssel importieren',
    done: (name) => `Schlüssel ${name} wurde importiert`,
  },
  restoreDialog: {
    action: 'Sicherung wiederherstellen',
    title: 'Schlüssel aus seiner Sicherung wiederherstellen',
    description:
      'Bringt den privaten Teil eines registrierten Schlüssels in den Schlüsselbund dieses Rechners.',
    unknown:
      'Kein Schlüssel dieses Daemons hat diesen öffentlichen Teil. Soll er einer werden, ihn stattdessen importieren.',
    confirm: 'In diesen Schlüsselbund bringen',
    done: (name) => `Schlüssel ${name} ist in diesem Schlüsselbund`,
  },
  sealing: {
    changed: 'Der Daemon hat einen neuen Versiegelungsschlüssel',
    vouched:
      'Seine CA bürgt dafür, der Daemon hat also selbst gewechselt. Annehmen, bevor wieder Schlüssel übergeben werden.',
    notVouched:
      'Seine CA bürgt nicht dafür. Keinen Schlüssel übergeben; beim Betrieb des Daemons nachfragen, ob er neu aufgesetzt wurde.',
    accept: 'Neuen Versiegelungsschlüssel annehmen',
    acceptTitle: 'Den neuen Versiegelungsschlüssel annehmen?',
    acceptDescription:
      'Signaturschlüssel werden von nun an damit versiegelt, der vorige wird endgültig vergessen. Bitte den Fingerabdruck mit dem vergleichen, den der Betrieb des Daemons nennt.',
    acceptConfirm: 'Annehmen',
    done: 'Der neue Versiegelungsschlüssel wurde angenommen',
  },
  detail: {
    pem: 'Öffentlicher Schlüssel als PEM',
    copyPem: 'PEM kopieren',
    pemOf: (name) => `der öffentliche Schlüssel von ${name}, PEM`,
    fingerprint: 'Fingerabdruck (SHA-256)',
    fingerprintOf: (name) => `der Fingerabdruck von ${name}`,
    copyFingerprint: 'Fingerabdruck kopieren',
    configs: 'Exportkonfigurationen, die damit signieren',
    noConfigs: 'Keine Exportkonfiguration signiert mit diesem Schlüssel.',
    noConfigsNext: 'Er beginnt zu signieren, sobald eine Konfiguration ihn nennt.',
  },
  handOver: {
    action: 'Erneut übergeben',
    title: (name) => `${name} erneut übergeben?`,
    description:
      'Der private Teil wird aus dem Schlüsselbund dieses Rechners gelesen, für den Daemon versiegelt und gesendet. Nötig, wenn der Daemon ihn verloren hat oder der erste Versuch scheiterte.',
    confirm: 'Übergeben',
    done: (name) => `Schlüssel ${name} wurde übergeben`,
    notHere:
      'Sein privater Teil liegt nicht in diesem Schlüsselbund; nur die Konsole, die ihn erzeugt hat, kann ihn übergeben.',
  },
  revoke: {
    action: 'Widerrufen …',
    title: (name) => `${name} widerrufen?`,
    description:
      'Er signiert nie wieder; das lässt sich nicht rückgängig machen. Veröffentlichte Dateien bleiben, wie sie sind. Eine Konfiguration ohne gültigen Schlüssel veröffentlicht nichts.',
    affects: (count) =>
      count === 1
        ? '1 Exportkonfiguration signiert damit.'
        : `${count} Exportkonfigurationen signieren damit.`,
    reason: 'Grund',
    reasonHelp: 'Wird im Audit-Protokoll festgehalten. 1 bis 500 Zeichen.',
    confirm: 'Endgültig widerrufen',
    done: (name) => `Schlüssel ${name} wurde widerrufen`,
  },
  notFound: 'Diesen Signaturschlüssel gibt es nicht',
};
