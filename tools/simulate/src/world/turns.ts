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
  async together(works: readonly (() => void | Promise<void>)[]): Promise<void> {
    let running = works.length;
    this.#open = true;
    const ends = Promise.allSettled(works.map((work) => ended(work, () => (running -= 1))));
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
    return Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [name, isPort(port) ? this.#pausing(port) : port]),
    ) as Ports;
  }

  #pausing(port: Record<string, unknown>): Record<string, unknown> {
    const called =
      (method: Method): Method =>
      async (...args) => {
        await this.pause();
        return method(...args);
      };
    return Object.fromEntries(
      Object.entries(port).map(([name, part]) => [name, typeof part === 'function' ? called(part as Method) : part]),
    );
  }
}

type Method = (...args: unknown[]) => unknown;

const isPort = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' && part !== null && Object.values(part).some((each) => typeof each === 'function');

async function ended(work: () => void | Promise<void>, end: () => void): Promise<void> {
  try {
    await work();
  } finally {
    end();
  }
}

/** Whatever could go on without a turn has gone on. */
const everybodyWaits = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
