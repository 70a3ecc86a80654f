export const shell = {
  product: 'Tekport Console',
  mainNavigation: 'Main navigation',
  environment: { production: 'Production', staging: 'Staging', test: 'Test' },
  overview: 'Overview',
  publishing: 'Publishing',
  exportConfigs: 'Export configs',
  batches: 'Batches',
  viewer: 'Export viewer',
  trust: 'Trust',
  signingKeys: 'Signing keys',
  signingDesk: 'Signing desk',
  administration: 'Administration',
  people: 'People',
  storage: 'Storage',
  settings: 'Settings',
  certificateDays: (days: number) =>
    days < 0
      ? 'certificate has ended'
      : days === 1
        ? 'certificate: 1 day left'
        : `certificate: ${days} days left`,
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  notFoundTitle: 'No such page',
  notFoundText: 'The address may be from another version of the console, or mistyped.',
  toOverview: 'To the overview',
  startFailedTitle: 'The console could not start',
  outcome: { passed: 'passed', failed: 'failed', waiting: 'to do' },
};
