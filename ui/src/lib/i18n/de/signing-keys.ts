import type { Texts } from '..';

export const signingKeys: Texts['signingKeys'] = {
  title: 'Signaturschlüssel',
  generate: 'Schlüssel erzeugen',
  emptyTitle: 'Noch kein Signaturschlüssel',
  emptyText:
    'Smartphones nehmen einen Export nur mit der Signatur eines Schlüssels an, den Google und Apple für die Behörde ausgerollt haben. Der erste wird hier erzeugt; er entsteht im Schlüsselbund dieses Rechners.',
  columns: {
    key: 'Schlüssel',
    state: 'Status',
    custody: 'Signiert in',
    keychain: 'Privater Teil in diesem Schlüsselbund',
    fingerprint: 'Fingerabdruck (SHA-256)',
    created: 'Registriert',
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
  keychain: { here: 'ja', elsewhere: 'nein, auf einem anderen Rechner', unknown: 'nicht lesbar' },
  generateDialog: {
    title: 'Signaturschlüssel erzeugen',
    description:
      'Im Schlüsselbund dieses Rechners entsteht ein neuer P-256-Schlüssel. Er wird beim Daemon registriert, sein privater Teil versiegelt übergeben. Niemand bekommt ihn zu sehen, auch dieses Fenster nicht.',
    keyId: 'Schlüssel-ID',
    keyIdHelp: 'Üblich ist der Mobile Country Code, etwa 262. Buchstaben, Ziffern und _; höchstens 64.',
    version: 'Version',
    versionHelp: 'Steigt mit jedem neuen Schlüssel derselben ID: v1, v2, …',
    badName: 'Nur Buchstaben, Ziffern und _, davon 1 bis 64.',
    taken: (name) => `Einen Schlüssel ${name} gibt es schon. Bitte eine andere Version wählen.`,
    confirm: 'Schlüssel erzeugen',
    working: 'Der Schlüssel wird erzeugt, registriert und übergeben.',
    done: (name) => `Schlüssel ${name} wurde erzeugt und übergeben`,
  },
  detail: {
    publicKey: 'Öffentlicher Schlüssel',
    publicKeyNote: 'Diesen benötigen Google und Apple.',
    pem: 'Öffentlicher Schlüssel als PEM',
    copyPem: 'PEM kopieren',
    pemOf: (name) => `der öffentliche Schlüssel von ${name}, PEM`,
    fingerprint: 'Fingerabdruck (SHA-256)',
    fingerprintOf: (name) => `der Fingerabdruck von ${name}`,
    copyFingerprint: 'Fingerabdruck kopieren',
    facts: 'Über diesen Schlüssel',
    keychain: 'Privater Teil in diesem Schlüsselbund',
    created: 'Registriert',
    by: (name) => `von ${name}`,
    provisioned: 'Übergeben',
    notProvisioned: 'noch nicht',
    revoked: 'Widerrufen',
    configs: 'Exportkonfigurationen, die damit signieren',
    noConfigs: 'Keine Exportkonfiguration signiert mit diesem Schlüssel.',
    noConfigsNext: 'In einer Exportkonfiguration auswählen, sobald Google und Apple ihn ausgerollt haben.',
    region: 'Ausgaberegion',
    prefix: 'Pfad',
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
    action: 'Widerrufen',
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
