/** How the way to the daemon is: each step of the test, and what can go wrong on it. */
import type { AreaTexts } from '../../message-texts';

export const step: AreaTexts<'step'> = {
  host: ({ address }) => address,
  answers: ({ address }) => `${address} answers`,
  'own-ca': 'TLS 1.3, the daemon’s own CA',
  'known-as': ({ name }) => `Known as ${name}`,
  version: ({ version }) => `tekportd ${version}`,
};

const STEPS: Record<string, string> = {
  'finding the host': 'Finding the host',
  connecting: 'Connecting',
  'waiting for the answer': 'Waiting for the answer',
};

export const client: AreaTexts<'client'> = {
  address: ({ value }) => `“${value}” is not an address. Write host:port, for instance tek.example.org:8443`,
  'no-such-host': ({ value }) =>
    `No host is called ${value}. Check the name, and that this computer is on the right network`,
  refused: ({ value }) =>
    `Nothing listens at ${value}. Check that tekportd is running and that the port is right`,
  broken: ({ address }) => `The connection to ${address} failed. Check the network and try again`,
  'timed-out': ({ step, seconds }) =>
    `${STEPS[step] ?? step} took longer than ${seconds} seconds. Check the network and the daemon, then try again`,
  'not-tekport': ({ address }) =>
    `What answers at ${address} is not a Tekport daemon that this version understands`,
  'set-up': 'The client certificate can’t be used. Enrol again with a new code',
};

export const tls: AreaTexts<'tls'> = {
  pin: 'The server’s CA certificate is not the one in the enrolment code: this is another daemon, or somebody stands in between. Ask for a new code, and compare it by another way than this network',
  'not-signed-by-ca':
    'The server’s certificate is not signed by the daemon’s own CA: this is another server than the one enrolled with',
  expired:
    'The server’s certificate has expired. Check this computer’s clock, then restart tekportd, which renews it',
  'not-yet-valid':
    'The server’s certificate is not valid yet. Check the clocks of this computer and of the server',
  'wrong-name':
    'The server’s certificate is for another name than the one it is called by. Add this name to tekportd’s configuration',
  'client-certificate':
    'The daemon refuses this console’s certificate: it was revoked, has expired, or is from another daemon. Enrol again',
  version: 'The server doesn’t speak TLS 1.3, which every tekportd does. Check the port',
  other: 'TLS failed',
};
