import { type Messaging, type Rehearsal } from '@kasir/messaging';
import { type Logger } from '@kasir/platform';
import { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { orAborted } from '../or-aborted.js';

/** What a warm-up can do, all of it in one transaction that is rolled back. */
export interface Rehearsed extends Rehearsal {
  /** A request to the published port, without the network. */
  request(options: InjectOptions): Promise<LightMyRequestResponse>;
}

/** One payment as this service sees it, with ids of its own at each run. */
export interface WarmUp {
  run(rehearsed: Rehearsed): Promise<void>;
  /** Closes what only the warm-up needed. */
  close?(): Promise<void>;
}

export interface WarmingUp {
  /** Seconds of processor time of this process. */
  readonly seconds: number;
  readonly prepare: () => WarmUp | Promise<WarmUp>;
  readonly messaging: Messaging;
  readonly http: FastifyInstance | undefined;
  /** The one that the wired service writes to; it is silent meanwhile. */
  readonly serviceLogger: Logger;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const mostRuns = 400;
/** Where other processes hold the processors, a second of processor time may take so many seconds. */
const longestSecond = 4;
/** So many connections learn the service's statements. */
const connections = 5;

/** Runs the hot paths until V8 has compiled them. Whatever happens, the service starts. @throws only when `signal` is aborted */
export async function warmUp(warming: WarmingUp): Promise<void> {
  const { seconds, logger, serviceLogger } = warming;
  const began = performance.now();
  const over = AbortSignal.any([warming.signal, AbortSignal.timeout(seconds * longestSecond * 1_000)]);
  const runs = new Runs(over, seconds);
  const { level } = serviceLogger;
  serviceLogger.level = 'silent';
  const rehearsing = rehearse(warming, runs).finally(() => (serviceLogger.level = level));
  try {
    await orAborted(over, rehearsing);
  } catch (err) {
    warming.signal.throwIfAborted();
    if (!over.aborted) logger.warn({ err }, 'the warm-up failed; the first requests are slower');
  }
  logger.info({ runs: runs.done, ms: Math.round(performance.now() - began) }, 'warm-up ended');
}

async function rehearse(warming: WarmingUp, runs: Runs): Promise<void> {
  const [work] = await Promise.all([warming.prepare(), warming.messaging.connect()]);
  const rehearsing = Array.from({ length: connections }, () => rehearseOn(work, warming, runs));
  try {
    await Promise.all(rehearsing);
  } finally {
    runs.end();
    await Promise.allSettled(rehearsing);
    await work.close?.();
  }
}

/** Every connection is held in its own transaction, and they run in turn: nothing of two runs is ever in one transaction. */
async function rehearseOn(work: WarmUp, { messaging, http }: WarmingUp, runs: Runs): Promise<void> {
  const request: Rehearsed['request'] = (options) => {
    if (http === undefined) throw new Error('this service has no published port');
    return http.inject(options);
  };
  while (!runs.ended)
    await messaging.rehearse((rehearsal) => runs.inTurn(() => work.run({ ...rehearsal, request })), runs.signal);
}

class Runs {
  done = 0;
  #ended = false;
  #last: Promise<unknown> = Promise.resolve();

  readonly #before = process.cpuUsage();

  constructor(
    readonly signal: AbortSignal,
    private readonly seconds: number,
  ) {}

  get ended(): boolean {
    return this.#ended || this.signal.aborted || this.done >= mostRuns || this.#used >= this.seconds;
  }

  /** Seconds of processor time since the warm-up began. */
  get #used(): number {
    const { user, system } = process.cpuUsage(this.#before);
    return (user + system) / 1_000_000;
  }

  end(): void {
    this.#ended = true;
  }

  inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(async () => {
      if (this.ended) return;
      await run();
      this.done += 1;
    });
    this.#last = turn.catch(() => this.end());
    return turn;
  }
}
