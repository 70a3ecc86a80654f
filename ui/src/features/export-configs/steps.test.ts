import { describe, expect, it } from 'vitest';
import { FIELDS } from './form';
import { after, before, fieldsOf, later, stepIn, stepOf, STEPS, withStep } from './steps';

describe('the steps of a new config', () => {
  it('hold every field once, in the order of the form', () => {
    expect(STEPS.flatMap(fieldsOf)).toEqual([...FIELDS]);
    expect(fieldsOf('review')).toEqual([]);
  });

  it('take a refusal to the step of its field', () => {
    expect([stepOf('jitter'), stepOf('pathPrefix'), stepOf('signingKeyIds')]).toEqual([
      'schedule',
      'storage',
      'signing',
    ]);
  });

  it('are read from the address, and never lie further than was reached', () => {
    expect(stepIn('step=storage', 'review')).toBe('storage');
    expect(stepIn('step=signing', 'schedule')).toBe('schedule');
    expect(stepIn('step=nowhere', 'review')).toBe('content');
    expect(stepIn('', 'review')).toBe('content');
  });

  it('keep what else the address says', () => {
    expect(withStep('from=c1&step=content', 'storage')).toBe('from=c1&step=storage');
  });

  it('have an order', () => {
    expect([before('content'), after('content'), after('review')]).toEqual([null, 'schedule', 'review']);
    expect(later('storage', 'schedule')).toBe('storage');
  });
});
