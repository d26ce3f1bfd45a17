import { type Clock } from '@kasir/kernel';
import { type Logger } from '@kasir/platform';
import { type Background, DueSchedule, DueWorker } from '@kasir/service';
import { inquirePayment, type InquiryTools } from '../application/inquire-payment.js';
import { inquireRefund, type RefundInquiryTools } from '../application/inquire-refund.js';
import { type DueInquiries, type DueKind, type NextDue, type Stores, type UnitOfWork } from '../application/ports.js';
import { overdueUpdates } from '../application/unmatched-updates.js';

/** One call to Antom may take so long, in milliseconds; a lease outlasts it. */
export const callMs = 12_000;
const leaseMs = callMs + 3_000;
/** How many may be asked about at once; refunds are few. */
const concurrency = { payments: 4, refunds: 2 };

export interface InquiryScheduleOptions {
  readonly unitOfWork: UnitOfWork;
  readonly tools: InquiryTools & RefundInquiryTools;
  readonly nextDue: NextDue;
  readonly logger: Logger;
  readonly pollMs?: number | undefined;
}

/** Asks Antom about payments and refunds that are due. Two instances never ask about the same one at once. */
export function inquirySchedule({
  unitOfWork,
  tools,
  nextDue,
  logger,
  pollMs,
}: InquiryScheduleOptions): DueSchedule<DueKind> {
  const onError = (err: unknown) => logger.error({ err }, 'an inquiry could not be recorded; it is repeated');
  const worker = <Thing>(
    kind: DueKind,
    of: (stores: Stores) => DueInquiries<Thing>,
    inquire: (work: UnitOfWork, by: typeof tools, asked: Thing) => Promise<void>,
  ) =>
    new DueWorker<Thing>({
      claim: async (limit) => {
        if (tools.antom.isAway()) return [];
        const now = tools.clock.now();
        const until = new Date(now.getTime() + leaseMs);
        return unitOfWork.run((stores) => of(stores).claimDue(now, until, limit));
      },
      work: (asked) => inquire(unitOfWork, tools, asked),
      onError,
      concurrency: concurrency[kind],
    });
  const workers = {
    payments: worker('payments', ({ payments }) => payments, inquirePayment),
    refunds: worker('refunds', ({ refunds }) => refunds, inquireRefund),
  };
  return new DueSchedule<DueKind>(workers, { nextDue, clock: tools.clock, onError, pollMs });
}

const lookEveryMs = 30_000;

/** Logs verified updates that have waited too long for their attempt or refund, and again whenever there are more of them. */
export class UnmatchedAlarm implements Background {
  #timer: NodeJS.Timeout | undefined;
  #logged = 0;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const look = () => void (this.#looking ??= this.look().finally(() => (this.#looking = undefined)));
    look();
    this.#timer = setInterval(look, lookEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Looks once. */
  async look(): Promise<void> {
    try {
      const { count, oldest } = await overdueUpdates(this.unitOfWork, this.clock);
      if (count > this.#logged)
        this.logger.error({ count, oldest }, 'verified updates have waited more than an hour for what they are about');
      this.#logged = count;
    } catch (err) {
      this.logger.warn({ err }, 'unmatched updates could not be counted');
    }
  }
}
