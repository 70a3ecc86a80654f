// @vitest-environment happy-dom
import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandError } from '$lib/api';
import { speak } from '$lib/i18n';
import ErrorNote from './ErrorNote.svelte';

const error: CommandError = {
  code: 'invalid',
  title: 'Some fields are not allowed as they are',
  detail: 'the English detail',
  message: { code: 'refused.fields', params: { count: 2 } },
  next_step: '',
  problem: {
    type: 'urn:tekport:problem:invalid',
    title: '',
    status: 422,
    detail: '',
    errors: [
      {
        field: 'name',
        reason: 'an English reason',
        allowed: 'what is allowed in English',
        code: 'field.no-person-name',
        params: {},
        allowed_message: { code: 'allowed.person-name', params: {} },
      },
    ],
  },
};

describe('an error in German', () => {
  beforeEach(() => speak('de'));
  afterEach(() => speak('en'));

  it('says in German what the daemon refused, field by field', () => {
    const { container } = render(ErrorNote, { error });
    const text = container.textContent ?? '';
    expect(text).toContain('2 Felder werden abgelehnt');
    expect(text).toContain('Der Name fehlt, ist zu lang oder enthält Steuerzeichen. 1 bis 80 Zeichen.');
    expect(text).not.toMatch(/English/);
    expect(container.querySelector('[lang=en]')).toBeNull();
  });

  it('marks as English what it has no words for, with what to do', () => {
    const newer = { ...error, message: { code: 'refused.brand-new', params: {} }, next_step: 'Do this.' };
    render(ErrorNote, { error: { ...newer, problem: null } });
    expect(screen.getByText('the English detail.').lang).toBe('en');
    expect(screen.getByText('Do this.').lang).toBe('en');
  });
});
