/** Places on a page that an address can lead to: `#/storage?at=cdn-primary`. */
import type { Attachment } from 'svelte/attachments';
import { router } from './router.svelte';

/** Returns the address of a place on a page. */
export function placed(path: string, place: string): string {
  return `${path}?at=${encodeURIComponent(place)}`;
}

/** Marks an element as a place: an address that leads there brings it into view, and takes the focus there. */
export function atPlace(place: string | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (place === undefined || new URLSearchParams(router.query).get('at') !== place) return;
    if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
    element.dataset.here = '';
    element.scrollIntoView({ block: 'center' });
    element.focus({ preventScroll: true });
    return () => delete element.dataset.here;
  };
}
