import { FIELDS, type Field } from './form';

/** The steps in which a new config is made, in their order. */
export const STEPS = ['content', 'schedule', 'storage', 'signing', 'review'] as const;

/** One step on the way to a new config. */
export type Step = (typeof STEPS)[number];

/** A step in which fields are filled in: all but the review. */
export type FieldStep = Exclude<Step, 'review'>;

const STEP_OF: Record<Field, FieldStep> = {
  outputRegion: 'content',
  inputRegions: 'content',
  excludedRegions: 'content',
  travelers: 'content',
  periodMinutes: 'schedule',
  validFrom: 'schedule',
  validThrough: 'schedule',
  smallBatch: 'schedule',
  minimum: 'schedule',
  jitter: 'schedule',
  maxRecordsPerFile: 'schedule',
  storageTarget: 'storage',
  pathPrefix: 'storage',
  signingKeyIds: 'signing',
};

/** Returns the step that a field is filled in at: where a refusal of it leads. */
export function stepOf(field: Field): FieldStep {
  return STEP_OF[field];
}

/** Returns the fields of a step, in the order in which they stand there. */
export function fieldsOf(step: Step): Field[] {
  return FIELDS.filter((field) => STEP_OF[field] === step);
}

/** Returns the step that an address names, no further than the one that was reached; the first for anything else. */
export function stepIn(query: string, reached: Step): Step {
  const asked = new URLSearchParams(query).get('step');
  const index = Math.min(
    STEPS.findIndex((step) => step === asked),
    STEPS.indexOf(reached),
  );
  return STEPS[index] ?? STEPS[0];
}

/** Returns the query for a step that keeps what else the address says. */
export function withStep(query: string, step: Step): string {
  const parameters = new URLSearchParams(query);
  parameters.set('step', step);
  return parameters.toString();
}

/** Returns the later of two steps. */
export function later(a: Step, b: Step): Step {
  return STEPS.indexOf(a) >= STEPS.indexOf(b) ? a : b;
}

/** Returns the step after one; the last has none after it and stays. */
export function after(step: Step): Step {
  return STEPS[STEPS.indexOf(step) + 1] ?? step;
}

/** Returns the step before one, or `null` before the first. */
export function before(step: Step): Step | null {
  return STEPS[STEPS.indexOf(step) - 1] ?? null;
}
