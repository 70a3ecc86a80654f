// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { theme } from './theme.svelte';

describe('the theme', () => {
  afterEach(() => {
    theme.choose('system');
    theme.chooseContrast('system');
  });

  it('is one of four, kept and written to the document', () => {
    theme.choose('dark');
    expect(document.documentElement.dataset.theme).toBe('dark');
    theme.chooseContrast('high');
    expect(document.documentElement.dataset.theme).toBe('contrast-dark');
    theme.choose('light');
    expect(document.documentElement.dataset.theme).toBe('contrast-light');
    expect([localStorage.getItem('tekport.theme'), localStorage.getItem('tekport.contrast')]).toEqual([
      'light',
      'high',
    ]);
  });

  it('is the system’s again when nothing is chosen', () => {
    theme.choose('dark');
    theme.choose('system');
    expect([theme.shown, localStorage.getItem('tekport.theme')]).toEqual(['light', null]);
  });
});
