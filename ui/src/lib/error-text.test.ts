import { describe, expect, it } from 'vitest';
import { de } from './i18n/de';
import { en } from './i18n/en';

describe('the table of errors', () => {
  const texts = Object.entries({ en, de }).flatMap(([tag, { errors }]) =>
    Object.entries(errors).map(([code, text]) => [tag, code, text] as const),
  );

  it.each(texts)('says in %s of %s what happened and what to do', (_tag, _code, text) => {
    expect(text.title).not.toBe('');
    expect(text.next).toMatch(/\.$/);
  });
});
