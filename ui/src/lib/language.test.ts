// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { formatCount } from './format';
import { t } from './i18n';
import { firstSpoken, language } from './language.svelte';

describe('firstSpoken', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'de'], 'de'],
    [['EN-gb'], 'en'],
    [['fr', 'it'], 'en'],
    [['C'], 'en'],
    [[], 'en'],
  ])('takes from %j the language %s', (wanted, spoken) => expect(firstSpoken(wanted)).toBe(spoken));
});

describe('the language', () => {
  afterEach(() => language.choose('system'));

  it('changes texts, numbers and the document, and is kept', async () => {
    await language.start();
    expect([t.common.cancel, formatCount(1_000), document.documentElement.lang]).toEqual([
      'Cancel',
      '1,000',
      'en',
    ]);
    await language.choose('de');
    expect([t.common.cancel, formatCount(1_000), document.documentElement.lang]).toEqual([
      'Abbrechen',
      '1.000',
      'de',
    ]);
    expect(localStorage.getItem('tekport.language')).toBe('de');
    await language.choose('system');
    expect([t.common.cancel, localStorage.getItem('tekport.language')]).toEqual(['Cancel', null]);
  });
});
