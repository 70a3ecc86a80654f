/**
 * How each error of a command reads: what happened, what it means, what to do. The one place that says it; an error
 * that isn't listed shows the words it came with.
 */
export interface ErrorText {
  title: string;
  sentence: string;
  next: string;
}

export const errors: Record<string, ErrorText> = {
  'not-enrolled': {
    title: 'This console belongs to no daemon yet',
    sentence: 'It has no certificate to show, so no daemon would answer it.',
    next: 'Join a daemon with an enrolment code.',
  },
  offline: {
    title: 'No connection to the daemon',
    sentence: 'The daemon did not answer. Exports go on by themselves if it still runs.',
    next: 'Check that this machine has a network and that tekportd runs, then try again.',
  },
  timeout: {
    title: 'The daemon took too long',
    sentence: 'It was reached, but no answer came within the time limit.',
    next: 'Try again. If it stays so, look at the load and the log of the daemon’s machine.',
  },
  tls: {
    title: 'The daemon could not prove who it is',
    sentence: 'Its certificate is not the one that was pinned when this console joined. Nothing was sent.',
    next: 'Do not go on. Ask whoever runs the daemon whether its CA was replaced, and join again with a new code.',
  },
  unauthenticated: {
    title: 'This console is no longer let in',
    sentence: 'Its certificate has ended or was revoked.',
    next: 'Ask a security officer for a new enrolment code and join again.',
  },
  forbidden: {
    title: 'Your roles do not allow this',
    sentence: 'Nothing was changed.',
    next: 'Ask somebody with that role, or a security officer to give it to you.',
  },
  'not-found': {
    title: 'Nothing there',
    sentence: 'It may have been removed, or the address is wrong.',
    next: 'Go back to the list and choose again.',
  },
  conflict: {
    title: 'Not possible as things stand',
    sentence: 'Nothing was changed.',
    next: 'Read the reason below, change that first and try again.',
  },
  'changed-meanwhile': {
    title: 'Somebody else changed this meanwhile',
    sentence: 'Your change was not made, so that theirs is not lost.',
    next: 'Load it again, look at what changed, and repeat your change.',
  },
  invalid: {
    title: 'Some fields are not allowed as they are',
    sentence: 'Nothing was changed.',
    next: 'Correct the fields that are marked.',
  },
  'too-many-requests': {
    title: 'Too many attempts',
    sentence: 'The daemon takes no more of these for a while.',
    next: 'Wait a minute, then try again.',
  },
  unavailable: {
    title: 'Something the daemon needs is missing',
    sentence: 'The daemon is there, but could not do this now.',
    next: 'Try again. If it stays so, run “tekportd doctor” on its machine.',
  },
  internal: {
    title: 'Something went wrong inside',
    sentence: 'This is a fault of the program, not of yours.',
    next: 'Try again. If it comes back, pass on the words below and the daemon’s log.',
  },
};
