import { type Chance, type Latency } from './rules/chance.js';
import { type FaultName, faults } from './rules/fault-table.js';
import { glob, type Pattern } from './rules/glob.js';
import { callNames, longestMs, strayField } from './rules/order-limits.js';

/** What goes wrong with the next calls. */
export interface Fault {
  readonly fault: FaultName;
  /**
   * Only for this call, such as `inquiryPayment`; for every call when left out. Notifications are `notifyPayment` and
   * `notifyRefund`, and a skewed clock is all that goes wrong with them here.
   */
  readonly call?: string;
  /** Only for calls about a payment whose paymentRequestId is like this; `*` stands for anything. */
  readonly match?: string;
  /** For so many calls, 1 when left out. */
  readonly times?: number | 'always';
  /** How likely it strikes a call that it is meant for, from 0 to 1. Always when left out. */
  readonly probability?: number;
  /** `after`: the call does its work, and only its answer goes wrong. Before is the default. */
  readonly when?: 'before' | 'after';
  /** How late, for `delay`, or how long each part takes, for `slow body`: so many milliseconds, or spread out. */
  readonly delayMs?: number;
  readonly latency?: Latency;
  /** The result code, for `reject` and `unknown`. */
  readonly code?: string;
  /** How far ahead the clock is, for `clock skew`; less than 0 is behind. */
  readonly skewSeconds?: number;
}

interface Waiting {
  readonly fault: Fault;
  readonly matches: Pattern;
  left: number;
}

/** Faults that are still to come, each for a number of calls; the oldest that matches bites first. */
export class Faults {
  #waiting: Waiting[] = [];

  constructor(private readonly chance: Chance) {}

  /** @throws RangeError naming the field that is wrong */
  add(fault: Fault): void {
    const problem = faultProblem(fault);
    if (problem !== undefined) throw new RangeError(problem);
    const { match = '*', times = 1 } = fault;
    this.#waiting.push({ fault, matches: glob(match), left: times === 'always' ? Number.POSITIVE_INFINITY : times });
  }

  /** The fault for one call, used up by one. */
  take(paymentRequestId: string, call: string, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
    const found = this.#waiting.find(
      ({ fault, matches }) =>
        fits(fault) &&
        matches.test(paymentRequestId) &&
        (fault.call ?? call) === call &&
        (fault.probability === undefined || this.chance.happens(fault.probability)),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return found.fault;
  }

  /** How far the clock is ahead in a notification, in milliseconds; used up by one. */
  skewMs(paymentRequestId: string, call: 'notifyPayment' | 'notifyRefund'): number {
    if (this.isEmpty) return 0;
    return skewMsOf(this.take(paymentRequestId, call, ({ fault }) => fault === 'clock skew'));
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  list(): readonly Fault[] {
    return this.#waiting.map(({ fault }) => fault);
  }

  clear(): void {
    this.#waiting = [];
  }
}

/** How far ahead a fault puts the clock, in milliseconds. */
export const skewMsOf = (fault: Fault | undefined): number => (fault?.skewSeconds ?? 0) * 1000;

function faultProblem(fault: Fault): string | undefined {
  const { match = '*', times = 1, when = 'before', delayMs = 0, probability = 1, call = '', latency } = fault;
  if (!Object.hasOwn(faults, fault.fault)) return `fault must be one of ${Object.keys(faults).join(', ')}`;
  if (typeof match !== 'string') return 'match must be a text such as "ps_*"';
  if (call !== '' && !calls.includes(call)) return `call must be one of ${calls.join(', ')}`;
  if (fault.code !== undefined && typeof fault.code !== 'string') return 'code must be a text such as "RISK_REJECT"';
  if (times !== 'always' && (!Number.isInteger(times) || times < 1))
    return 'times must be a whole number from 1, or "always"';
  if (typeof probability !== 'number' || !(probability > 0 && probability <= 1))
    return 'probability must be more than 0 and at most 1';
  if (when !== 'before' && when !== 'after') return 'when must be before or after';
  if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > longestMs)
    return 'delayMs must be a whole number from 0, at most ten years';
  if (latency !== undefined && !isLatency(latency))
    return 'latency must be {"p50Ms": …, "p99Ms": …}, more than 0, the second not the smaller one';
  if (fault.fault === 'clock skew' ? !isSkew(fault.skewSeconds) : fault.skewSeconds !== undefined)
    return 'skewSeconds must be a whole number that is not 0, for clock skew and nothing else';
  return strayField(fault, fields);
}

const takes = Object.values(faults).flatMap((fault): readonly string[] => fault.takes);
const fields = [...new Set(['fault', 'call', 'match', 'times', 'probability', ...takes])];

/** Notifications are calls of Antom's. */
const calls = [...callNames, 'notifyPayment', 'notifyRefund'];

const isLatency = (said: Partial<Latency> | null): boolean => {
  const { p50Ms, p99Ms } = said ?? {};
  return typeof p50Ms === 'number' && typeof p99Ms === 'number' && p50Ms > 0 && p99Ms >= p50Ms && p99Ms <= longestMs;
};

const isSkew = (seconds: unknown): boolean =>
  Number.isSafeInteger(seconds) && seconds !== 0 && Math.abs(seconds as number) * 1000 <= longestMs;
