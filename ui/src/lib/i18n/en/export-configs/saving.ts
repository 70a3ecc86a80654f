/** Texts of what is looked at before a config is saved, and of two people saving it. */

export const configSaving = {
  review: {
    newTitle: (region: string) => `Review ${region || 'the config'} before it is made`,
    editTitle: (region: string) => `Review the changes to ${region}`,
    label: 'What would be saved',
    field: 'Field',
    value: 'Value',
    before: 'Now',
    after: 'After saving',
    noChanges: 'Nothing was changed, so there is nothing to save.',
    consequenceNew:
      'From then on the daemon exports its windows by itself. Until the first batch everything can still be changed.',
    consequenceEdit: 'It takes effect with the next window. Files that are out stay as they are.',
    consequencePrefix:
      'New files go to another prefix. Phones read one index: if they aren’t told of the new one, they get nothing new.',
    consequenceRegion:
      'The region is written into each file. Phones that expect the old one may refuse the new files.',
    consequenceKeys:
      'Files are signed by the new set of keys. A phone takes a file only when it knows one of them.',
    back: 'Back to the form',
    saveNew: 'Create config',
    saveEdit: 'Save changes',
    created: (region: string) => `${region} was created.`,
    saved: (region: string) => `${region} was saved.`,
  },

  conflict: {
    title: 'Somebody else saved this config meanwhile',
    detail: (when: string) =>
      `Nothing of yours was saved. Their version is from ${when}. See what differs, then choose.`,
    label: 'Their version beside yours',
    field: 'Field',
    before: 'When you began',
    theirs: 'Theirs, saved',
    yours: 'Yours, not saved',
    both: 'both changed this',
    same: 'Their version and yours have the same values. Take theirs, and you are done.',
    take: 'Take theirs, drop my changes',
    carry: 'Keep mine on top of theirs',
    carryDetail:
      'Keeps what only they changed, and puts your changes on top; you see the result in a review before it is saved.',
  },
};
