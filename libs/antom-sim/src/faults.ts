export const faultNames = ['unavailable', 'unknown', 'delay', 'hang', 'reject'] as const;

/** What goes wrong with the next calls. */
export interface Fault {
  /**
   * unavailable: HTTP 503. unknown: a signed U. delay: the right answer, late. hang: no answer at all.
   * reject: a signed F.
   */
  readonly fault: (typeof faultNames)[number];
  /** Only for calls whose paymentRequestId is like this; `*` stands for anything. */
  readonly match?: string;
  /** For so many calls, 1 when left out. */
  readonly times?: number;
  /** `after`: the call does its work, and only its answer goes wrong. Before is the default. */
  readonly when?: 'before' | 'after';
  /** How late, for `delay`. */
  readonly delayMs?: number;
  /** The result code, for `reject` and `unknown`. */
  readonly code?: string;
}

/** Faults that are still to come, each for a number of calls; the oldest that matches bites first. */
export class Faults {
  #waiting: { readonly fault: Fault; readonly matches: RegExp; left: number }[] = [];

  /** @throws RangeError naming the field that is wrong */
  add(fault: Fault): void {
    const { match = '*', times = 1, when = 'before', delayMs = 0 } = fault;
    if (!faultNames.includes(fault.fault)) throw new RangeError(`fault must be one of ${faultNames.join(', ')}`);
    if (typeof match !== 'string') throw new RangeError('match must be a text such as "ps_*"');
    if (!Number.isInteger(times) || times < 1) throw new RangeError('times must be a whole number from 1');
    if (when !== 'before' && when !== 'after') throw new RangeError('when must be before or after');
    if (!Number.isInteger(delayMs) || delayMs < 0) throw new RangeError('delayMs must be a whole number from 0');
    this.#waiting.push({ fault, matches: glob(match), left: times });
  }

  /** The fault for one call, used up by one. */
  take(paymentRequestId: string): Fault | undefined {
    const found = this.#waiting.find(({ matches }) => matches.test(paymentRequestId));
    if (found === undefined) return undefined;
    found.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return found.fault;
  }

  clear(): void {
    this.#waiting = [];
  }
}

const glob = (pattern: string): RegExp => {
  const literal = pattern.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's');
};
