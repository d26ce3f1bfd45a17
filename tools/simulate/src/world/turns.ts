import { Crash } from '../chaos.js';
import { type Random } from '../random.js';

/** Lets work that runs at once take turns at every await, in an order that chance decides. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #open = false;

  constructor(private readonly random: Random) {}

  /** A point at which other work may go first. */
  async pause(): Promise<void> {
    if (this.#open) await new Promise<void>((resume) => this.#waiting.push(resume));
  }

  /** @throws an error of them, when all have ended; a crash only where nothing worse happened */
  async together(works: readonly (() => Promise<void>)[]): Promise<void> {
    let running = works.length;
    this.#open = true;
    const ends = Promise.allSettled(works.map((work) => work().finally(() => (running -= 1))));
    while (running > 0) {
      await everybodyWaits();
      if (this.#waiting.length > 0) this.#waiting.splice(this.random.between(0, this.#waiting.length), 1)[0]!();
    }
    this.#open = false;
    const errors = (await ends).flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (errors.length > 0) throw errors.find((error) => !(error instanceof Crash)) ?? errors[0];
  }

  /** Ports whose every call is such a point. */
  at<Ports extends object>(ports: Ports): Ports {
    return Object.fromEntries(Object.entries(ports).map(([name, part]) => [name, this.#pausing(part)])) as Ports;
  }

  #pausing(part: unknown): unknown {
    if (typeof part === 'function')
      return async (...args: unknown[]) => {
        await this.pause();
        return (part as (...given: unknown[]) => unknown)(...args);
      };
    const isPort =
      typeof part === 'object' && part !== null && Object.values(part).some((each) => typeof each === 'function');
    return isPort ? this.at(part) : part;
  }
}

/** Whatever could go on without a turn has gone on. */
const everybodyWaits = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
