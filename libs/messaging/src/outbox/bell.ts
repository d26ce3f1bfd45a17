import { pauseFor } from '../waiting.js';

/** Lets a loop sleep until somebody rings or the time is up. A ring that nobody waits for is kept. */
export class Bell {
  #rung = false;
  #wake: AbortController | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.abort();
  }

  /** @returns whether somebody rang */
  async wait(ms: number): Promise<boolean> {
    if (!this.#rung) {
      this.#wake = new AbortController();
      await pauseFor(ms, this.#wake.signal);
      this.#wake = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
