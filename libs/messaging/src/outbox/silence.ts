/** Knows for how long somebody has been waiting for the broker without a word from it. */
export class Silence {
  #open = 0;
  #since: number | undefined;
  #heardAt = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Asks the broker something. A refusal is an answer, too; `answered` tells it from a dead line. */
  async ask<T>(question: () => Promise<T>, answered: (error: unknown) => boolean): Promise<T> {
    this.#open += 1;
    this.#since ??= this.now();
    try {
      const answer = await question();
      this.#heard();
      return answer;
    } catch (error) {
      if (answered(error)) this.#heard();
      throw error;
    } finally {
      this.#open -= 1;
    }
  }

  /** @returns milliseconds since the broker last answered while something awaits an answer, 0 when nothing does */
  ms(): number {
    return this.#since === undefined ? 0 : this.now() - this.#since;
  }

  /** @returns milliseconds since the broker last said anything */
  sinceHeardMs(): number {
    return this.now() - this.#heardAt;
  }

  #heard(): void {
    this.#heardAt = this.now();
    this.#since = this.#open > 1 ? this.#heardAt : undefined;
  }
}
