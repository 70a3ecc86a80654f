// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atPlace, placed } from './place';
import { router } from './router.svelte';

let element: HTMLElement;
beforeEach(() => {
  element = document.createElement('section');
  element.scrollIntoView = vi.fn();
  document.body.append(element);
});
afterEach(() => {
  element.remove();
  router.go('/');
});

it('brings the place into view that the address names, and gives it the focus', () => {
  router.go(placed('/storage', 'cdn/1 & 2'));
  const leave = atPlace('cdn/1 & 2')(element);
  expect(document.activeElement).toBe(element);
  expect(element.scrollIntoView).toHaveBeenCalled();
  expect(element.dataset.here).toBe('');
  if (leave) leave();
  expect(element.dataset.here).toBeUndefined();
});

it('leaves every other place alone', () => {
  router.go(placed('/storage', 'mirror'));
  atPlace('cdn')(element);
  atPlace(undefined)(element);
  expect(element.dataset.here).toBeUndefined();
  expect(element.scrollIntoView).not.toHaveBeenCalled();
});
