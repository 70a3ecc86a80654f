/** An enrolment code that came by a link, waiting to be looked at. Used once. */
class Offered {
  #code = $state('');

  put(code: string): void {
    this.#code = code;
  }

  /** Returns the code and forgets it. */
  take(): string {
    const code = this.#code;
    this.#code = '';
    return code;
  }

  get waiting(): boolean {
    return this.#code !== '';
  }
}

export const offered = new Offered();
