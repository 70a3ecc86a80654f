import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandError } from './api';
import { errorDetail } from './error-text';
import { speak } from './i18n';
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

describe('what happened, as a toast says it', () => {
  beforeEach(() => speak('de'));
  afterEach(() => speak('en'));

  const error: CommandError = {
    code: 'clipboard',
    title: 'The text was not copied',
    detail: 'The clipboard did not take the text: it is busy.',
    message: { code: 'console.not-copied', params: { cause: 'it is busy' } },
    next_step: 'Select the text and copy it by hand.',
    problem: null,
  };

  it('is in German, with what the system said behind it', () => {
    expect(errorDetail(error)).toBe(
      'Die Zwischenablage hat den Text nicht angenommen. Den Text markieren und von Hand kopieren. it is busy.',
    );
  });

  it('is the title where nothing more is known', () => {
    expect(errorDetail({ ...error, detail: '', message: null })).toBe(de.errors.clipboard.title);
  });
});
