export const enrol = {
  viewer: 'Look at an export file without joining a daemon',
  title: 'Join a daemon',
  alone: 'This console belongs to no daemon.',
  belongs: {
    title: 'Daemons this console belongs to',
    lead: (count: number) =>
      count === 1
        ? 'This console belongs to one daemon, named below; a code joins it to another.'
        : `This console belongs to ${count} daemons, named below; a code joins it to another.`,
    back: (name: string) => `Back to ${name}`,
  },
  lead: 'A security officer, or whoever set the daemon up, can give you an enrolment code. It works once, for a limited time.',
  where: 'On the daemon’s machine, “tekportd enroll” makes a new one.',
  codeLabel: 'Enrolment code',
  codeHelp: 'Paste the whole line. Line breaks from a mail do no harm.',
  check: 'Check the code',
  checkedTitle: 'This is what the code says',
  checkedLead: 'Compare the fingerprint with the one that you were given by another way, then join.',
  address: 'Daemon’s address',
  fingerprint: 'Fingerprint of its CA (SHA-256)',
  expires: 'Code works until',
  expired: 'This code has expired. Ask for a new one.',
  join: 'Join this daemon',
  another: 'Use another code',
  stepsTitle: 'What happens when you join',
  steps: {
    key: {
      name: 'Make your key in this machine’s keychain',
      detail: 'The private half stays there. The pages you see never get it.',
    },
    reach: {
      name: 'Reach the daemon and check who it is',
      detail: 'Its certificate must come from the CA with the fingerprint above.',
    },
    certificate: {
      name: 'Use the code once, for a certificate in your name',
      detail: 'It is renewed by itself while you use the console.',
    },
    pin: {
      name: 'Remember the daemon’s sealing key',
      detail: 'Signing keys are sealed to it, so that nobody in between can read them.',
    },
  },
  joining: 'Joining. This takes a few seconds.',
  joined: (name: string) => `Joined: ${name}`,
};
