import { pauseFor } from '../waiting.js';

/** Lets a loop sleep until somebody rings or the time is up. A ring that nobody waits for is kept. */
export class Bell {
  #rung = false;
  #wake: AbortController | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.abort();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      this.#wake = new AbortController();
      await pauseFor(ms, this.#wake.signal);
      this.#wake = undefined;
    }
    this.#rung = false;
  }
}
