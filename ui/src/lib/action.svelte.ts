/** One thing a person does: busy while it runs, its error kept until the next try. */
import type { CommandError } from './api';
import type { ShownText } from './daemon-text';
import { asCommandError } from './failure';
import { fieldProblemText } from './field-problem';
import { underWay } from './under-way.svelte';

export class Action<Arguments extends unknown[], Result> {
  busy = $state(false);
  error = $state.raw<CommandError>();

  readonly #run: (...args: Arguments) => Promise<Result>;
  readonly #goesElsewhere: boolean;

  /** `goesElsewhere` says that another daemon, or none, is shown afterwards: it waits until nothing is under way. */
  constructor(run: (...args: Arguments) => Promise<Result>, { goesElsewhere = false } = {}) {
    this.#run = run;
    this.#goesElsewhere = goesElsewhere;
  }

  /** Runs it, and returns its result; undefined when it failed or is running already. */
  run = async (...args: Arguments): Promise<Result | undefined> => {
    if (this.busy) return undefined;
    this.busy = true;
    this.error = undefined;
    try {
      if (!this.#goesElsewhere) return await underWay.during(() => this.#run(...args));
      underWay.mustBeOver();
      return await this.#run(...args);
    } catch (thrown) {
      this.error = asCommandError(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  };

  /** Forgets the error, for instance when the dialog opens again. */
  clear(): void {
    this.error = undefined;
  }

  /** Returns why the daemon refused that field, with what is allowed; undefined where it didn't. */
  fieldError(field: string): ShownText | undefined {
    const problem = this.error?.problem?.errors?.find(
      (one) => one.field === field || one.field.startsWith(`${field}[`),
    );
    return problem && fieldProblemText(problem);
  }
}
