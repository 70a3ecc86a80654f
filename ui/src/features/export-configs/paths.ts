import { LeftList } from '$lib/left-list';

/** Where the list of export configs is. */
export const LIST_PATH = '/export-configs';
/** Where a new config is made. */
export const NEW_PATH = `${LIST_PATH}/new`;
/** Where a file of configs is looked at. */
export const IMPORT_PATH = `${LIST_PATH}/import`;
/** The form's id, so that the button in the page's bar can send it. */
export const FORM_ID = 'config-form';

/** Returns where a config is shown and changed. */
export function configPath(id: string): string {
  return `${LIST_PATH}/${encodeURIComponent(id)}`;
}

/** Returns where a copy of a config is made. */
export function clonePath(id: string): string {
  return `${NEW_PATH}?${new URLSearchParams({ from: id }).toString()}`;
}

const left = new LeftList(LIST_PATH);

/** Remembers how the list is sorted and narrowed, so that the ways back to it find it so. */
export function rememberList(query: string): void {
  left.remember(query);
}

/** Returns where the list is, as it was last seen. */
export function listAddress(): string {
  return left.address;
}
