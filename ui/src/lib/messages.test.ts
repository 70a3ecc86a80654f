import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { speak } from './i18n';
import { said, saidPlainly } from './messages';

const keys = { code: 'rule.keys', params: { count: 800_000, max: 750_000 } };

describe('a message in German', () => {
  beforeEach(() => speak('de'));
  afterEach(() => speak('en'));

  it('is worded with its values as German writes them', () => {
    expect(said(keys, 'english')).toEqual({ text: '800.000 von höchstens 750.000 Schlüsseln.' });
    const window = {
      code: 'rule.from-to',
      params: { start: '2026-11-23T08:00:00Z', end: '2026-11-23T12:00:00Z' },
    };
    expect(said(window, '').text).toBe('Von 23.11.2026, 08:00 UTC bis 23.11.2026, 12:00 UTC.');
  });

  it('words a sentence within a sentence, and those in a list', () => {
    const problem = { code: 'name.hyphen', params: {} };
    expect(said({ code: 'rule.no-region-code', params: { region: '-', problem } }, '').text).toBe(
      '„-“ ist kein Regionscode: Ein Bindestrich steht am Rand oder neben einem anderen.',
    );
    expect(said({ code: 'desk.rules-broken', params: { rules: [keys, keys] } }, '').text).toContain(
      ', 800.000 von',
    );
  });

  it('words why a key can’t end, one sentence behind the other', () => {
    const blocker = {
      code: 'end.not-confirmed',
      params: { region: 'MAG', missing: ['Google', 'Apple'], successor: '310 v2' },
    };
    const until = { code: 'end.allowed-from', params: { time: '2026-11-23T08:00:00Z' } };
    const reasons = { code: 'refused.then', params: { first: blocker, second: until } };
    const wanted = '2026-11-20T08:00:00Z';
    const message = { code: 'key.cannot-end', params: { key: '310 v1', wanted, reasons } };
    expect(said(message, '').text).toBe(
      '310 v1 kann nicht am 20.11.2026, 08:00 UTC enden. MAG: 310 v2 wurde von Google und Apple noch nicht bestätigt. Sobald die Bestätigung da ist, ist sie zu vermerken. Erlaubt ist es ab 23.11.2026, 08:00 UTC.',
    );
  });

  it('names roles and states as the pages do', () => {
    const params = { roles: ['admin', 'security-officer'], person: 'B', has: ['viewer'] };
    expect(said({ code: 'refused.role-missing', params }, '').text).toContain(
      ' oder „Sicherheitsbeauftragte“;',
    );
    expect(said({ code: 'batch_refused.not-failed', params: { state: 'open' } }, '').text).toContain(
      'den Zustand „Wartet“',
    );
  });

  it('quotes what a library said beside it, also of a sentence within', () => {
    const problem = { code: 'token.failed', params: { cause: 'C_Sign returned CKR_DEVICE_REMOVED' } };
    const message = { code: 'sign.token', params: { key: '310-v1', problem } };
    const { text, lang, cause } = said(message, '');
    expect([text.startsWith('Der Signaturschlüssel 310-v1'), lang, cause]).toEqual([
      true,
      undefined,
      'C_Sign returned CKR_DEVICE_REMOVED.',
    ]);
    expect(saidPlainly(message, '')).toBe(`${text} ${cause}`);
  });
});

describe('a message that this console has no words for', () => {
  const english = { text: 'It was so at 23 Nov 2026, 08:00 UTC.', lang: 'en' };
  const sentence = 'It was so at 2026-11-23T08:00:00Z';

  it.each([
    ['a code of a newer daemon', { code: 'rule.brand-new', params: {} }],
    ['an area of a newer daemon', { code: 'brand.new', params: {} }],
    ['no code, as an older daemon sends', { code: '', params: {} }],
    ['a code without the values that the text is made of', { code: 'rule.keys', params: { count: 1 } }],
    ['a code that looks like a property of every object', { code: 'rule.constructor', params: {} }],
    ['nothing', null],
  ])('keeps its English: %s', (_, message) => {
    expect(said(message, sentence)).toEqual(english);
  });
});
