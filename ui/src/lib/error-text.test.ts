import { describe, expect, it } from 'vitest';
import { errorText } from './error-text';
import { t } from './i18n';

describe('the table of errors', () => {
  it.each(Object.entries(t.errors))('says of %s what happened and what to do', (_code, text) => {
    expect(text.title).not.toBe('');
    expect(text.next).toMatch(/\.$/);
  });

  it('shows the words an unlisted error came with', () => {
    const error = { code: 'new', title: 'New', detail: 'd', next_step: 'Do this.', problem: null };
    expect(errorText(error)).toEqual({ title: 'New', sentence: '', next: 'Do this.' });
  });
});
