/** Where the people are in the console. */
export const LIST_PATH = '/people';

export const personPath = (id: string): string => `${LIST_PATH}/${encodeURIComponent(id)}`;
