/** Makes the pages larger or smaller, and says why where that isn't possible. */
import type { ZoomStep } from '$lib/api';
import { asCommandError } from '$lib/failure';
import { errorDetail } from '$lib/error-text';
import { t } from '$lib/i18n';
import { toasts } from '$lib/toasts.svelte';
import { zoom } from '$lib/zoom';

export async function applyZoom(step: ZoomStep): Promise<void> {
  try {
    await zoom(step);
  } catch (thrown) {
    toasts.say(t.shell.zoomFailed(errorDetail(asCommandError(thrown))));
  }
}
