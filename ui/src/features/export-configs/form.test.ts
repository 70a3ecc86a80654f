import { describe, expect, it } from 'vitest';
import { configWith, draftWith } from './fixtures';
import { formOf, newForm, parseCount, readForm, hasBatches, suggestedPrefix } from './form';

const NOW = Date.parse('2026-11-23T17:41:12Z');

describe('a new form', () => {
  it('starts with the current window of four hours and pads to 1,000 + 100', () => {
    const form = newForm(NOW);
    expect(form).toMatchObject({
      periodMinutes: 240,
      validFrom: '2026-11-23 16:00',
      validThrough: '',
      travelers: 'ignore',
      policy: 'pad',
      minimum: '1000',
      jitter: '100',
      maxRecordsPerFile: '750000',
    });
  });

  it('reads as a draft whose texts are trimmed', () => {
    const read = readForm({ ...newForm(NOW), outputRegion: ' mag ', pathPrefix: ' mag ' });
    expect(read).toMatchObject({
      draft: {
        output_region: 'mag',
        path_prefix: 'mag',
        valid_from: '2026-11-23T16:00:00Z',
        valid_through: null,
      },
    });
  });
});

describe('a form and a draft', () => {
  it.each([
    draftWith(),
    draftWith({ small_batch: { policy: 'hold', minimum: 500 } }),
    draftWith({ small_batch: { policy: 'release' }, valid_through: '2026-12-31T23:59:30Z' }),
  ])('give each other back unchanged', (draft) => {
    expect(readForm(formOf(draft))).toEqual({ draft });
  });

  it('keeps numbers of another policy out of the draft', () => {
    const read = readForm({ ...formOf(draftWith()), policy: 'release', minimum: 'not a number' });
    expect(read).toMatchObject({ draft: { small_batch: { policy: 'release' } } });
  });

  it('names every text that is no value of its kind', () => {
    const read = readForm({
      ...formOf(draftWith()),
      minimum: 'many',
      jitter: '-1',
      maxRecordsPerFile: '',
      validFrom: 'yesterday',
      validThrough: '2026-02-30 00:00',
    });
    expect(read).toEqual({
      unreadable: [
        { field: 'minimum', why: 'number' },
        { field: 'jitter', why: 'number' },
        { field: 'validFrom', why: 'time' },
        { field: 'validThrough', why: 'time' },
        { field: 'maxRecordsPerFile', why: 'number' },
      ],
    });
  });
});

describe('counts', () => {
  it.each([
    ['750,000', 750_000],
    ['750.000', 750_000],
    [' 750 000 ', 750_000],
    ['0', 0],
    ['4294967295', 4_294_967_295],
    ['4294967296', null],
    ['1.5', null],
    ['1,5', null],
    ['1.0000', null],
    ['1e3', null],
    ['', null],
    ['-3', null],
  ])('reads %j as %j', (text, value) => {
    expect(parseCount(text)).toBe(value);
  });
});

it('suggests a prefix that the daemon takes', () => {
  expect(suggestedPrefix(' US-WA! ')).toBe('us-wa');
});

it('fixes the start once a batch was made', () => {
  expect(hasBatches(null)).toBe(false);
  expect(hasBatches(configWith({}, { windows_through: null }))).toBe(false);
  expect(hasBatches(configWith())).toBe(true);
});
