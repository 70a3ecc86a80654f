/** How large the pages are, in per cent: Rust zooms the window, and keeps it with the console's settings. */
import type { ZoomStep } from './api';
import { commands } from './commands';
import { saveConsoleSettings } from './console-settings';

const NORMAL = 100;
export const ZOOMS: readonly number[] = [80, 90, NORMAL, 110, 125, 150, 175, 200];

/** Returns the next size from `percent`; the same one where there is none. */
export function nextZoom(percent: number, step: ZoomStep): number {
  if (step === 'reset') return NORMAL;
  if (step === 'in') return ZOOMS.find((one) => one > percent) ?? percent;
  return ZOOMS.findLast((one) => one < percent) ?? percent;
}

/** Goes a step from the size that is kept. */
export async function zoom(step: ZoomStep): Promise<void> {
  const { zoom: percent = NORMAL } = await commands.settings();
  const wanted = nextZoom(percent, step);
  if (wanted !== percent) await saveConsoleSettings({ zoom: wanted });
}
