import { expect, it } from 'vitest';
import { firstRefused, placeOf, placeProblems } from './field-problems';

const problem = (field: string) => ({ field, reason: 'it is wrong', allowed: 'something else' });

it.each([
  ['output_region', 'outputRegion'],
  ['input_regions[1]', 'inputRegions'],
  ['fields.signing_key_ids[0]', 'signingKeyIds'],
  ['small_batch.minimum', 'minimum'],
  ['small_batch', 'smallBatch'],
  ['something_new', null],
])('places %s at %s', (path, field) => {
  expect(placeOf(path)).toBe(field);
});

it("keeps problems of fields that the form doesn't show", () => {
  const placed = placeProblems([problem('something_new'), problem('path_prefix'), problem('path_prefix')]);
  expect(placed.elsewhere).toHaveLength(1);
  expect(placed.at.pathPrefix).toHaveLength(2);
});

it('finds the first refused field in the order of the page', () => {
  expect(firstRefused(placeProblems([problem('max_records_per_file'), problem('period_minutes')]))).toBe(
    'periodMinutes',
  );
  expect(firstRefused(placeProblems([]))).toBeNull();
});
