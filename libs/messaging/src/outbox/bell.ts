/** Lets a loop sleep until somebody rings or the time is up. A ring that nobody waits for is kept. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** @returns whether somebody rang */
  async wait(ms: number): Promise<boolean> {
    if (!this.#rung) {
      let alarm: NodeJS.Timeout | undefined;
      await new Promise<void>((wake) => {
        this.#wake = wake;
        alarm = setTimeout(wake, ms);
      });
      clearTimeout(alarm);
      this.#wake = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
