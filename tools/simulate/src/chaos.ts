import { type Random } from './random.js';

/** The process died. What it had not committed is gone, and so is everything that it meant to do next. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** What goes wrong; a run in which one of them never happened has proved nothing about it. */
export const mishaps = [
  'crash before commit',
  'crash after commit',
  'crash after send',
  'crash after call',
  'message repeated',
  'topics overtake each other',
  'call lost',
  'answer lost',
  'stale answer',
  'webhook lost',
  'webhook repeated',
  'webhook forged',
  'webhook old',
  'charged twice',
  'charged after a cancel',
  'session lives longer',
  'other amount charged',
  'money returned outside',
  'transactions conflict',
] as const;
export type Mishap = (typeof mishaps)[number];

export type Tally = Readonly<Record<Mishap, number>>;

/** Decides by chance what goes wrong, and counts it. */
export class Chaos {
  readonly #counts = new Map<Mishap, number>(mishaps.map((mishap) => [mishap, 0]));
  #over = false;

  constructor(private readonly random: Random) {}

  strikes(mishap: Mishap, probability: number): boolean {
    if (this.#over || !this.random.chance(probability)) return false;
    this.count(mishap);
    return true;
  }

  crash(mishap: Mishap, probability: number): void {
    if (this.strikes(mishap, probability)) throw new Crash(mishap);
  }

  count(mishap: Mishap): void {
    this.#counts.set(mishap, (this.#counts.get(mishap) ?? 0) + 1);
  }

  /** From now on everything works, so that whatever is still possible can come to its end. */
  end(): void {
    this.#over = true;
  }

  get tally(): Tally {
    return Object.fromEntries(this.#counts) as Tally;
  }
}
