import { type Antom, type Answer, type FrozenRequest } from '../http/answer.js';
import { admit, type Admission, type Breaker, type BreakerLimits, closedBreaker, learn } from './breaker.js';
import { isFault } from './faults.js';
import { sentCall, type SentCall } from './sent-call.js';
import { type Stopwatch, systemStopwatch } from './stopwatch.js';
import { Turnstile, type TurnstileLimits } from './turnstile.js';

export interface GuardLimits extends BreakerLimits, TurnstileLimits {}

/** How calls to Antom fare, as of now. */
export interface AntomHealth {
  /** `open`: nothing is sent. `half-open`: one call is on its way to see whether Antom is back. */
  readonly breaker: Breaker['kind'];
  /** Until the next call may go, in milliseconds; 0 when it may go now. */
  readonly retryAfterMs: number;
  readonly underWay: number;
  readonly waiting: number;
  /** Since the start: calls that were never sent, because the breaker was open or the wait too long. */
  readonly refused: number;
}

export interface GuardOptions {
  readonly limits: GuardLimits;
  readonly stopwatch?: Stopwatch | undefined;
  /** Hears it when the breaker opens, tries, and closes. */
  readonly onBreaker?: ((health: AntomHealth) => void) | undefined;
  /** Called with every call that was sent, once it is answered or has failed. */
  readonly onCall?: ((call: SentCall) => void) | undefined;
}

/** Stands before Antom: keeps to a rate and a number of calls at once, and sends nothing for a while when Antom is down. */
export class GuardedAntom implements Antom {
  readonly #stopwatch: Stopwatch;
  readonly #turnstile: Turnstile;
  #breaker = closedBreaker;
  #refused = 0;

  constructor(
    private readonly antom: Antom,
    private readonly options: GuardOptions,
  ) {
    this.#stopwatch = options.stopwatch ?? systemStopwatch;
    this.#turnstile = new Turnstile(options.limits, this.#stopwatch);
  }

  /** Sends at most once. What was never sent is answered with `unknown` and `sent: false`. Never rejects. */
  async send(request: FrozenRequest): Promise<Answer> {
    const early = admit(this.#breaker, this.#stopwatch.now());
    if (early.kind === 'refused') return this.#refuse('unavailable', early.retryAfterMs);
    if (!(await this.#turnstile.enter())) return this.#refuse('too busy', this.options.limits.longestWaitMs);
    try {
      return await this.#sendInside(request);
    } finally {
      this.#turnstile.leave();
    }
  }

  health(): AntomHealth {
    const admission = admit(this.#breaker, this.#stopwatch.now());
    return {
      breaker: this.#breaker.kind,
      retryAfterMs: admission.kind === 'refused' ? admission.retryAfterMs : 0,
      underWay: this.#turnstile.inside,
      waiting: this.#turnstile.waiting,
      refused: this.#refused,
    };
  }

  close(graceMs?: number): Promise<void> {
    return this.antom.close(graceMs);
  }

  async #sendInside(request: FrozenRequest): Promise<Answer> {
    const admission: Admission = admit(this.#breaker, this.#stopwatch.now());
    if (admission.kind === 'refused') return this.#refuse('unavailable', admission.retryAfterMs);
    this.#become(admission.breaker);
    const began = this.#stopwatch.now();
    const answer = await this.antom.send(request);
    this.options.onCall?.(sentCall(request, answer, this.#stopwatch.now() - began));
    const outcome = { probe: admission.probe, fault: isFault(answer) };
    this.#become(learn(this.#breaker, outcome, this.#stopwatch.now(), this.options.limits));
    return answer;
  }

  #become(next: Breaker): void {
    const changed = next.kind !== this.#breaker.kind;
    this.#breaker = next;
    if (changed) this.options.onBreaker?.(this.health());
  }

  #refuse(reason: 'unavailable' | 'too busy', retryAfterMs: number): Answer {
    this.#refused += 1;
    return { kind: 'unknown', reason, detail: `nothing was sent to Antom: ${why[reason]}`, sent: false, retryAfterMs };
  }
}

const why = {
  unavailable: 'the last calls found it down, and the next try waits',
  'too busy': 'too many calls are waiting',
};
