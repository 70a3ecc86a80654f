import { firstRefused } from './field-problems';
import type { ConfigEditor } from './editor.svelte';
import type { Field } from './form';
import { after, before, fieldsOf, later, stepIn, stepOf, STEPS, type Step } from './steps';
import type { ExportConfig } from '$lib/api';

/** Where the steps of a new config stand in the address. */
export interface Address {
  /** The query at present. */
  query: () => string;
  /** Shows a step; going back in the window's history leads away from it again. */
  show: (step: Step) => void;
}

/** How a step stands, beside the others. */
export type Standing = 'done' | 'at' | 'todo' | 'bad';

/** The way to a new config, step by step: which one is shown, how far it has come, and where a refusal leads. */
export class Creation {
  /** The last step that was reached; those up to it can be gone to at will. */
  reached: Step = $state('content');
  /** Whether the daemon is being asked before the next step. */
  moving: boolean = $state(false);
  /** The field that has to get the focus once its step is shown. */
  wanted: Field | null = null;
  readonly #editor: ConfigEditor;
  readonly #address: Address;

  constructor(editor: ConfigEditor, address: Address, reached: Step) {
    this.#editor = editor;
    this.#address = address;
    this.reached = reached;
  }

  /** The step that the address names, as far as it was reached. */
  get step(): Step {
    return stepIn(this.#address.query(), this.reached);
  }

  /** Whether the daemon has nothing against the config, so that it can be made. */
  get ready(): boolean {
    return this.step === 'review' && this.#editor.step === 'review';
  }

  /** How each step stands. A step with a refused field says so, unless it is the one that is shown. */
  standing(step: Step): Standing {
    if (step === this.step) return 'at';
    if (fieldsOf(step).some((field) => this.#editor.placed.at[field] !== undefined)) return 'bad';
    return STEPS.indexOf(step) < STEPS.indexOf(this.reached) ? 'done' : 'todo';
  }

  /** Goes on when nothing in this step is refused; otherwise returns the first refused field of it. */
  async next(): Promise<Field | null> {
    if (this.moving) return null;
    const step = this.step;
    this.moving = true;
    try {
      const refused = await this.#editor.settle(fieldsOf(step));
      if (refused === null) this.#show(after(step));
      return refused;
    } finally {
      this.moving = false;
    }
  }

  /** Goes one step back; whatever was filled in stays. */
  back(): void {
    const step = before(this.step);
    if (step !== null) this.#show(step);
  }

  /** Has the daemon look at everything once the review is shown; a refusal leads to its field. */
  async review(): Promise<void> {
    const refused = await this.#editor.review();
    if (refused !== null) this.lead(refused);
  }

  /** Makes the config; a refusal leads to its field. */
  async save(): Promise<ExportConfig | null> {
    const saved = await this.#editor.save();
    const refused = saved === null && this.#editor.step === 'edit' ? firstRefused(this.#editor.all) : null;
    if (refused !== null) this.lead(refused);
    return saved;
  }

  /** Shows the step of a field, which gets the focus there. */
  lead(field: Field): void {
    this.wanted = field;
    this.#show(stepOf(field));
  }

  #show(step: Step): void {
    this.reached = later(this.reached, step);
    this.#editor.back();
    this.#address.show(step);
  }
}
