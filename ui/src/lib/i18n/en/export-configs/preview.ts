/** Texts beside the form: what follows from it. */

export const configPreview = {
  next: {
    title: 'Next 24 hours',
    zone: 'UTC',
    first: (start: string, end: string, due: string, age: string) =>
      `First window ${start} to ${end} UTC, published soon after ${due}: a window closes ${age} after its end.`,
    windows: 'Windows',
    files: 'Files out',
    asList: (count: number) => (count === 1 ? 'The window in words' : `All ${count} windows as a list`),
    listLabel: 'Windows of the next 24 hours',
    windowHeading: 'Window (UTC)',
    dueHeading: 'Files come out soon after',
    starts: (day: string) => `The first window begins on ${day}.`,
    none: 'No window lies ahead.',
    waiting: 'Shown once the schedule is fine.',
    chart: (count: number) =>
      count === 1 ? '1 window in the next 24 hours' : `${count} windows in the next 24 hours`,
    window: (window: string, due: string) => `${window} UTC, due ${due}`,
  },

  load: {
    title: 'What phones take',
    source: 'while no window is split',
    sourceKeys: (days: number) =>
      days === 1 ? 'by the keys of the last day' : `by the keys of the last ${days} days`,
    split: (files: number) =>
      `The keys of a window need about ${files} files. A larger maximum of records in a file makes fewer of them.`,
    filesADay: 'Files a day',
    ios: 'iOS takes at most',
    android: 'Android takes at most',
    bar: (files: number, ios: number, android: number) =>
      `${files} files a day; iOS takes ${ios} at most, Android ${android}`,
    iosShort: 'iOS',
    androidShort: 'Android',
    perDay: (count: number) => `${count} a day`,
    fits: 'Fits both',
    'over-ios': 'Too many for iOS',
    'over-both': 'Too many for both',
    fitsDetail: 'Every phone can take a day’s files on the day.',
    'over-iosDetail': (limit: number) =>
      `iPhones take ${limit} files in 24 hours and fall behind each day: people are warned late or never.`,
    'over-bothDetail': (ios: number, android: number) =>
      `iPhones take ${ios} files in 24 hours and Android phones ${android}; all fall behind each day.`,
    longer: 'Choose a longer period.',
    short: 'Under 4 hours',
    shortDetail:
      'With a period under 4 hours, one split window or one day off can be more than a phone takes in a day, and it has to catch up later.',
    warnings: 'Worth a second look',
  },

  traffic: {
    title: 'Size and traffic',
    source: (days: number) => (days === 1 ? 'from the last day' : `from the last ${days} days`),
    waiting: 'Shown once the regions and the schedule are fine.',
    noKeys: 'No key has come in during the last 14 days, so there is nothing to estimate from yet.',
    noKeysHere: (days: number) =>
      days === 1
        ? 'No key of these regions has come in since yesterday, so there is nothing to estimate from yet.'
        : `No key of these regions has come in during the last ${days} days, so there is nothing to estimate from yet.`,
    keys: 'Keys a day',
    generated: 'Generated keys a day',
    size: 'All files of a day',
    fileSize: 'One file',
    egress: 'Downloads a month',
    unknown: 'not known',
    phones: 'Assumed number of phones',
    phonesHint: (standard: string) =>
      `Phones that download these files. ${standard} unless you say otherwise; kept on this computer.`,
    phonesWrong: 'Write a whole number from 1 to 10,000,000,000.',
    how: 'Reckoned as: all files of a day × phones × 30 days. Each phone downloads each file once; the small index and repeated downloads are not in it.',
  },
};
