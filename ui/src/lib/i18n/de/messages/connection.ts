import type { AreaTexts } from '../../message-texts';

export const step: AreaTexts<'step'> = {
  host: ({ address }) => address,
  answers: ({ address }) => `${address} antwortet`,
  'own-ca': 'TLS 1.3, eigene CA des Daemons',
  'known-as': ({ name }) => `Bekannt als ${name}`,
  version: ({ version }) => `tekportd ${version}`,
};

const STEPS: Record<string, string> = {
  'finding the host': 'Die Suche nach dem Host',
  connecting: 'Der Verbindungsaufbau',
  'waiting for the answer': 'Das Warten auf die Antwort',
};

export const client: AreaTexts<'client'> = {
  address: ({ value }) =>
    `„${value}“ ist keine Adresse. Anzugeben ist Host:Port, zum Beispiel tek.example.org:8443`,
  'no-such-host': ({ value }) =>
    `Kein Host heißt ${value}. Zu prüfen sind der Name und das Netzwerk dieses Computers`,
  refused: ({ value }) =>
    `Unter ${value} antwortet nichts. Zu prüfen ist, ob tekportd läuft und der Port stimmt`,
  broken: ({ address }) =>
    `Die Verbindung zu ${address} ist gescheitert. Das Netzwerk prüfen und erneut versuchen`,
  'timed-out': ({ step, seconds }) =>
    `${STEPS[step] ?? step} dauerte länger als ${seconds} Sekunden. Netzwerk und Daemon prüfen und erneut versuchen`,
  'not-tekport': ({ address }) =>
    `Unter ${address} antwortet kein Tekport-Daemon, den diese Version versteht`,
  'set-up':
    'Das Client-Zertifikat kann nicht verwendet werden. Mit einem neuen Registrierungscode erneut verbinden',
};

export const tls: AreaTexts<'tls'> = {
  pin: 'Das CA-Zertifikat des Servers ist nicht das aus dem Registrierungscode: Das ist ein anderer Daemon, oder jemand steht dazwischen. Einen neuen Code anfordern und auf anderem Weg als über dieses Netzwerk vergleichen',
  'not-signed-by-ca':
    'Das Zertifikat des Servers stammt nicht von der eigenen CA des Daemons: Das ist ein anderer Server als der verbundene',
  expired:
    'Das Zertifikat des Servers ist abgelaufen. Die Uhr dieses Computers prüfen, dann tekportd neu starten, der es erneuert',
  'not-yet-valid':
    'Das Zertifikat des Servers ist noch nicht gültig. Die Uhren dieses Computers und des Servers prüfen',
  'wrong-name':
    'Das Zertifikat des Servers gilt für einen anderen Namen. Dieser Name muss in die Konfiguration von tekportd',
  'client-certificate':
    'Der Daemon lehnt das Zertifikat dieser Konsole ab: Es wurde widerrufen, ist abgelaufen oder stammt von einem anderen Daemon. Erneut verbinden',
  version: 'Der Server spricht kein TLS 1.3, das jeder tekportd spricht. Den Port prüfen',
  other: 'TLS ist gescheitert',
};
