/** Does what the desktop asks for: a file dropped on the window, a link that was opened, a menu entry. */
import type { Wish } from '$lib/api';
import { commands } from '$lib/commands';
import { router } from '$lib/router.svelte';
import { offered } from '../features/enrol/offered.svelte';
import { JOIN_PATH } from '../features/enrol/routes';
import { opened } from '../features/viewer/opened.svelte';
import { VIEWER_PATH } from '../features/viewer/routes';
import { overlays } from './overlays.svelte';
import { applyZoom } from './zooming';

/** The menu's name for the sheet of shortcuts, which lies over whatever page is there. */
const SHORTCUTS_PATH = '/shortcuts';

export function grant(wish: Wish): void {
  switch (wish.kind) {
    case 'view-export':
      opened.open(wish.path);
      router.go(VIEWER_PATH);
      break;
    case 'join':
      offered.put(wish.code);
      router.go(JOIN_PATH);
      break;
    case 'zoom':
      void applyZoom(wish.step);
      break;
    case 'go':
      if (wish.page === SHORTCUTS_PATH) overlays.openHelp();
      else router.go(wish.page);
      break;
  }
}

/** Fetches wishes for as long as this page is the one that gets them. */
export async function grantWishes(): Promise<void> {
  for (;;) {
    const wish = await commands.nextWish();
    if (wish === null) return;
    grant(wish);
  }
}
