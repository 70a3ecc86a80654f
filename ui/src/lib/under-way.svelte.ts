/**
 * What is being done at the daemon that is shown. While anything is, no other daemon is gone to: the rest of it would be
 * refused there, and half of it would be done.
 */
import { CommandFailure } from './failure';

class UnderWay {
  #count = $state(0);

  get any(): boolean {
    return this.#count > 0;
  }

  /** Does something that takes several commands. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
    }
  }

  /** Throws where something is under way: for what shows another daemon. */
  mustBeOver(): void {
    if (!this.any) return;
    throw new CommandFailure({
      code: 'work-under-way',
      title: 'Something is still being done here',
      detail: '',
      next_step: '',
      problem: null,
    });
  }
}

export const underWay = new UnderWay();
