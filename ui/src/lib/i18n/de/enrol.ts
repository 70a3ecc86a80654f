import type { Texts } from '..';

export const enrol: Texts['enrol'] = {
  title: 'Mit einem Daemon verbinden',
  alone: 'Diese Konsole gehört zu keinem Daemon.',
  belongs: {
    title: 'Daemons, zu denen diese Konsole gehört',
    lead: (count) =>
      count === 1
        ? 'Diese Konsole gehört zu einem Daemon, der unten steht; ein Code verbindet sie mit einem weiteren.'
        : `Diese Konsole gehört zu ${count} Daemons, die unten stehen; ein Code verbindet sie mit einem weiteren.`,
    back: (name) => `Zurück zu ${name}`,
  },
  lead: 'Den Registrierungscode geben Sicherheitsbeauftragte oder das Team aus, das den Daemon eingerichtet hat. Er gilt einmal und nur für begrenzte Zeit.',
  where: 'Auf dem Rechner des Daemons erzeugt „tekportd enroll“ einen neuen Code.',
  viewer: 'Eine Exportdatei ansehen, ohne sich mit einem Daemon zu verbinden',
  codeLabel: 'Registrierungscode',
  codeHelp: 'Die ganze Zeile einfügen. Zeilenumbrüche aus einer E-Mail schaden nicht.',
  check: 'Code prüfen',
  checkedTitle: 'Inhalt des Codes',
  checkedLead:
    'Den Fingerabdruck mit dem vergleichen, der auf einem anderen Weg mitgeteilt wurde. Danach verbinden.',
  address: 'Adresse des Daemons',
  fingerprint: 'Fingerabdruck seiner Zertifizierungsstelle (SHA-256)',
  expires: 'Code gültig bis',
  expired: 'Dieser Code ist abgelaufen. Bitte einen neuen anfordern.',
  join: 'Mit diesem Daemon verbinden',
  another: 'Anderen Code verwenden',
  stepsTitle: 'Was beim Verbinden geschieht',
  steps: {
    key: {
      name: 'Eigenen Schlüssel im Schlüsselbund dieses Rechners erzeugen',
      detail: 'Der private Teil bleibt dort. Die angezeigten Seiten erhalten ihn nie.',
    },
    reach: {
      name: 'Den Daemon erreichen und seine Identität prüfen',
      detail: 'Sein Zertifikat muss von der Zertifizierungsstelle mit dem obigen Fingerabdruck stammen.',
    },
    certificate: {
      name: 'Den Code einmalig für ein persönliches Zertifikat einlösen',
      detail: 'Es wird selbsttätig erneuert, solange die Konsole benutzt wird.',
    },
    pin: {
      name: 'Den Versiegelungsschlüssel des Daemons merken',
      detail: 'Signaturschlüssel werden damit versiegelt, sodass unterwegs niemand sie lesen kann.',
    },
  },
  joining: 'Die Verbindung wird eingerichtet. Das dauert einige Sekunden.',
  joined: (name) => `Verbunden: ${name}`,
};
