import type { AttentionKind } from '$lib/api';

/** What needs a person, by the daemon's kinds; a kind that isn't here shows the daemon's own words. */
export const attention = {
  /** The matter in a few words, by the daemon's kinds. */
  matters: {
    'batch-failed': 'Batch failed',
    'batch-late': 'Batch late',
    'batch-awaiting-signature': 'Waiting for a signature',
    'regeneration-failed': 'Regeneration failed',
    'regeneration-late': 'Regeneration late',
    'regeneration-awaiting-signature': 'Regeneration waits',
    'window-not-begun': 'Window not begun',
    'no-keys-coming': 'No keys come in',
    'no-live-signing-key': 'No signing key',
    'config-paused': 'Config paused',
    'key-rotation-due': 'Rotation due',
    'key-rotation-stalled': 'Rotation stands still',
    'key-ending': 'Key ends soon',
    'key-end-held': 'Key end held back',
    'key-unconfirmed': 'Not confirmed',
    'key-not-backed-up': 'No backup',
    'token-unavailable': 'Token out of reach',
    'storage-failing': 'Storage fails',
    'storage-test-failed': 'Storage test failed',
    'ca-certificate-ending': 'CA near its end',
    'server-certificate-ending': 'Certificate near its end',
    'client-certificate-ending': 'Certificate near its end',
    'clock-skew': 'Clocks differ',
  } satisfies Record<AttentionKind | 'clock-skew', string>,
  and: (one: string, other: string) => `${one} and ${other}`,
  batchFailed: {
    title: (region: string) => `${region}: a batch failed`,
    detail: (window: string) =>
      `The window ${window} failed. Phones get neither its keys nor those of later windows until it is complete. Remove the cause, then retry it.`,
  },
  batchLate: {
    title: (region: string) => `${region}: a batch is late`,
    detail: (window: string, length: string) =>
      `The window ${window} was due ${length} ago. Phones get neither its keys nor those of later windows until it is complete. See whether an earlier window failed or awaits signatures, and the daemon’s log.`,
  },
  batchAwaiting: {
    title: (region: string) => `${region}: a batch awaits signatures`,
    detail: (window: string, keys: string) =>
      `The files of the window ${window} are made and lack the signature of ${keys}. Until then phones get neither its keys nor those of later windows. Review and sign them on a console that has the key.`,
    lateDetail: (window: string, keys: string) =>
      `The files of the window ${window} are made and lack the signature of ${keys}. The window is late: phones get neither its keys nor those of later ones until then. Review and sign them on a console that has the key.`,
  },
  regenerationFailed: {
    title: (region: string) => `${region}: making a window anew failed`,
    detail: (window: string) =>
      `Making the window ${window} anew failed. Until it succeeds the old files stay offered as they are, and later windows go out as usual. Remove the cause, then retry it.`,
  },
  regenerationAwaiting: {
    title: (region: string) => `${region}: a window made anew awaits signatures`,
    detail: (window: string, keys: string) =>
      `The new files of the window ${window} lack the signature of ${keys}. Until then the old files stay offered as they are, and later windows go out as usual. Review and sign them on a console that has the key.`,
  },
  regenerationLate: {
    title: (region: string) => `${region}: a window is still not made anew`,
    detail: (window: string, length: string) =>
      `The window ${window} was to be made anew ${length} ago. Until then the old files stay offered as they are, and later windows go out as usual. See whether the config is paused, and the daemon’s log.`,
  },
  windowNotBegun: {
    title: (region: string) => `${region}: a window was never begun`,
    detail: (window: string, at: string) =>
      `The window ${window} was due on ${at} and has no batch, so the daemon makes no exports. Phones get neither its keys nor those of later windows. See the daemon’s log, run “tekportd doctor”, and start it again.`,
  },
  noKeysComing: {
    title: (region: string) => `${region}: no keys come in`,
    detail: (at: string) =>
      `Since ${at} no key has come in that the config takes, though before that they came on most days. Phones get no new warnings from it. Ask whoever sends keys whether they still do, and see the daemon’s log for what it refused.`,
  },
  noLiveKey: {
    title: (region: string) => `${region}: no key to sign with`,
    detail:
      'None of the config’s signing keys is with the daemon and not revoked. Nothing is published until one is: hand one over, or add another key to the config.',
  },
  paused: {
    title: (region: string) => `${region} is paused`,
    detail: 'No window is exported until it is resumed; then it catches up on all that passed.',
  },
  rotationDue: {
    title: (key: string) => `${key} should be rotated soon`,
    overdueTitle: (key: string) => `The rotation of ${key} is overdue`,
    detail: (at: string) =>
      `Its rotation is planned for ${at}. The older a key, the more people and machines may have seen it. Begin the rotation: it takes some weeks until Google and Apple have confirmed the successor.`,
  },
  rotationStalled: {
    title: (key: string) => `The rotation of ${key} goes no further`,
    overdueTitle: (key: string) => `The rotation of ${key} is overdue`,
    detail: (next: string, at: string) => `${next} It has been so since ${at}.`,
  },
  keyEnding: {
    title: (key: string) => `${key} ends soon`,
    detail: (at: string) =>
      `It signs until ${at}. Nothing is to be done where its successor signs everywhere; otherwise move the end.`,
  },
  keyEndHeld: {
    title: (key: string) => `${key} should have ended`,
    detail: (at: string) =>
      `Its end was ${at}. It goes on signing, since phones would refuse files without it. The key’s page says what stands in the way.`,
  },
  keyUnconfirmed: {
    title: (key: string, recipients: string) => `${recipients} didn’t confirm ${key}`,
    detail:
      'It was sent more than 10 days ago. Until it is confirmed, no other key can rely on it. Write to your contact, or record the confirmation.',
  },
  notBackedUp: {
    title: (key: string) => `${key} has no backup`,
    detail:
      'If the keychain that holds it is lost, so is the key, and phones accept nothing new until another one is rolled out. Write an encrypted backup from the console that generated it.',
  },
  token: {
    title: 'The token can’t be used',
    detail: (keys: string) =>
      `Until it can, nothing is published that ${keys} has to sign; batches are tried again by themselves. Look at the token on the daemon’s machine.`,
  },
  storageFailing: {
    title: (name: string) => `Storage target ${name} fails`,
    detail: (at: string) =>
      `It has failed since ${at}. Phones get nothing new from there until it works. Remove the cause; the daemon tries again by itself.`,
    keepsTitle: (name: string) => `Storage target ${name} deletes nothing`,
    keepsDetail: (at: string) =>
      `Since ${at} files whose retention is over can’t be deleted there. Phones miss nothing. Remove the cause; the daemon tries again by itself.`,
  },
  storage: {
    title: (name: string) => `Storage target ${name} doesn’t work`,
    detail: 'Its last test failed. Nothing can be published there. Remove the cause, then test it again.',
    keepsDetail:
      'Its last test failed at deleting. Files are published there, and stay when their retention is over. Remove the cause, then test it again.',
  },
  caEnding: {
    title: 'The CA certificate ends',
    detail: (at: string) =>
      `It ends on ${at}. From then on no console comes in, while exports go on. Plan a new daemon and enrol everybody there.`,
  },
  serverEnding: {
    title: 'The server certificate ends',
    detail: (at: string) =>
      `It ends on ${at}, and the daemon should have renewed it long ago. From then on no console comes in; see the daemon’s log for why.`,
  },
  clientEnding: {
    title: (name: string) => `The certificate of ${name} ends`,
    detail: (at: string) =>
      `It ends on ${at}; a console that is in use renews it by itself. After that they need a new enrolment code.`,
  },
  clockSkew: {
    title: (length: string) => `The daemon’s clock and this computer’s differ by ${length}`,
    detail:
      'Windows, certificates and enrolment codes go by these clocks. Find out which one is wrong, and set it by the network (NTP).',
  },
};
