import type { ExportConfig } from '$lib/api';
import type { Commands } from '$lib/commands';

/** Pages read at most: far more configs than any authority has, and an end to a cursor that runs in circles. */
const MAX_PAGES = 50;

/** Returns every export config, reading page after page. */
export async function allConfigs(commands: Pick<Commands, 'listExportConfigs'>): Promise<ExportConfig[]> {
  const all: ExportConfig[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, next_cursor } = await commands.listExportConfigs(cursor);
    all.push(...items);
    if (next_cursor === null) break;
    cursor = next_cursor;
  }
  return all;
}
