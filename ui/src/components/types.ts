/** Types of components that plain TypeScript needs too. */
import type { Said } from '$lib/messages';

/** What a state means; each has its own colour and shape. */
export type Tone = 'good' | 'warn' | 'bad' | 'wait' | 'idle';

/** One named step of something, and how it ended. */
export interface Step {
  name: string;
  outcome: 'passed' | 'failed' | 'waiting';
  detail?: string;
  /** What the daemon or Rust says of it. */
  said?: Said;
}

/** One step of a way that is gone in order, as a `Stepper` shows it. */
export interface StepperStep {
  name: string;
  /** When, by whom, or what it waits for; empty for none. */
  note: string;
  outcome: 'done' | 'at' | 'todo' | 'bad';
  /** Where the step is, when it can be gone to at will. */
  href?: string;
}
