/** Where the list of export configs is. */
export const LIST_PATH = '/export-configs';
/** Where a new config is made. */
export const NEW_PATH = `${LIST_PATH}/new`;
/** The form's id, so that the button in the page's bar can send it. */
export const FORM_ID = 'config-form';

/** Returns where a config is shown and changed. */
export function configPath(id: string): string {
  return `${LIST_PATH}/${encodeURIComponent(id)}`;
}
