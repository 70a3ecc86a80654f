/** Where the pages of the settings are. */
export const SETTINGS_PATH = '/settings';
/** Without a daemon too: that is when it is needed most. */
export const DIAGNOSTICS_PATH = '/settings/diagnostics';
