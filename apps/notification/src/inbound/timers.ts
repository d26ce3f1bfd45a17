import { type Clock } from '@kasir/kernel';
import { type Logger } from '@kasir/platform';
import { type Background, DueSchedule, DueWorker } from '@kasir/service';
import { askAboutRefund, type RefundInquiryTools } from '../application/ask-about-refund.js';
import { askAntom, type InquiryTools } from '../application/ask-antom.js';
import {
  type DueKind,
  type Inquiries,
  type InquiryLease,
  type NextDue,
  type Stores,
  type UnitOfWork,
} from '../application/ports.js';
import { waitingTooLong } from '../application/waiting-too-long.js';

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

/** Asks Antom about payments and refunds of which nothing has been heard. Two instances never ask about the same one at once. */
export function inquirySchedule({
  unitOfWork,
  tools,
  nextDue,
  logger,
  pollMs,
}: InquiryScheduleOptions): DueSchedule<DueKind> {
  const onError = (err: unknown) => logger.error({ err }, 'an inquiry could not be recorded; it is repeated');
  const worker = (kind: DueKind, of: (stores: Stores) => Inquiries, ask: (lease: InquiryLease) => Promise<void>) =>
    new DueWorker<InquiryLease>({
      claim: async (limit) => {
        if (tools.antom.isAway()) return [];
        const now = tools.clock.now();
        const until = new Date(now.getTime() + leaseMs);
        return unitOfWork.run((stores) => of(stores).claimDue(now, until, limit));
      },
      work: ask,
      onError,
      concurrency: concurrency[kind],
    });
  const workers = {
    payments: worker(
      'payments',
      ({ inquiries }) => inquiries,
      (lease) => askAntom(unitOfWork, tools, lease),
    ),
    refunds: worker(
      'refunds',
      ({ refundInquiries }) => refundInquiries,
      (lease) => askAboutRefund(unitOfWork, tools, lease),
    ),
  };
  return new DueSchedule<DueKind>(workers, { nextDue, clock: tools.clock, onError, pollMs });
}

const lookEveryMs = 30_000;

/** Tells of verified news that has waited too long for its attempt or refund, and again whenever there is more of it. */
export class WaitingNewsAlarm implements Background {
  #timer: NodeJS.Timeout | undefined;
  #told = 0;
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
      const { count, oldest } = await waitingTooLong(this.unitOfWork, this.clock);
      if (count > this.#told)
        this.logger.error({ count, oldest }, 'verified news has waited more than an hour for what it is about');
      this.#told = count;
    } catch (err) {
      this.logger.warn({ err }, 'nobody could look for news that waits too long');
    }
  }
}
