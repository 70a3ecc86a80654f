import type { Texts } from '..';

export const people: Texts['people'] = {
  title: 'Personen',
  invite: 'Einladen',
  emptyTitle: 'Niemand eingetragen',
  emptyText:
    'Zumindest die hier angemeldete Person müsste aufgeführt sein. Bitte neu laden oder das Log des Daemons prüfen.',
  columns: {
    name: 'Name',
    state: 'Status',
    roles: 'Rollen',
    lastSeen: 'Zuletzt aktiv',
    certificate: 'Zertifikat endet',
    actions: 'Aktionen',
  },
  state: { active: 'Hat Zugang', invited: 'Eingeladen', revoked: 'Gesperrt' },
  you: 'diese Konsole',
  rolesMean: {
    viewer: 'liest alles außer Geheimnissen',
    operator: 'hält an, setzt fort, startet sofort, wiederholt, erzeugt Dateien neu, prüft den Speicher',
    admin: 'ändert Exportkonfigurationen und importiert Schlüssel',
    'security-officer': 'ändert Signaturschlüssel, Personen und Rollen',
    ingest: 'für Schlüsselserver: liefert nur Schlüssel ein; nicht kombinierbar',
  },
  inviteDialog: {
    title: 'Person einladen',
    description: 'Sie erhält einen Code, der einmal gilt. Rollen addieren sich; keine enthält eine andere.',
    name: 'Name',
    nameHelp: 'So erscheint er im Audit-Protokoll. 1 bis 80 Zeichen.',
    roles: 'Rollen',
    ingestAlone:
      'Einlieferung ist nicht kombinierbar: Ein Schlüsselserver darf nichts lesen und nichts ändern.',
    confirm: 'Code erzeugen',
    codeTitle: (name) => `Der Code für ${name}`,
    codeLead:
      'Bitte auf einem vertrauenswürdigen Weg weitergeben. Wer ihn hat, kann sich einmal verbinden. Er wird nur jetzt angezeigt: Der Daemon bewahrt nichts auf, woraus er sich lesen ließe.',
    code: 'Registrierungscode',
    codeOf: (name) => `der Registrierungscode für ${name}`,
    copyCode: 'Code kopieren',
    expires: 'Gültig bis',
    done: 'Fertig',
  },
  revoke: {
    action: 'Zugang sperren',
    title: (name) => `Zugang von ${name} sperren?`,
    description:
      'Die Zertifikate gelten ab der nächsten Anfrage nicht mehr. Das lässt sich nicht rückgängig machen; nötig wäre eine neue Einladung.',
    confirm: 'Zugang sperren',
    done: (name) => `Der Zugang von ${name} ist gesperrt`,
  },
};
