import { type Logger } from '@kasir/platform';
import { DueWorker } from '@kasir/service';
import { askAntom, type InquiryTools } from '../application/ask-antom.js';
import { type InquiryLease, type UnitOfWork } from '../application/ports.js';

/** One call to Antom may take so long, in milliseconds; a lease outlasts it. */
export const callMs = 12_000;
const leaseMs = callMs + 3_000;
/** Silence is measured in minutes; a buyer who is back from the bank waits a moment at most. */
const pace = { pollMs: 500, concurrency: 4 };

/** Asks Antom about payments of which nothing has been heard. Two instances never ask about the same one at once. */
export const inquiriesTimer = (unitOfWork: UnitOfWork, tools: InquiryTools, logger: Logger): DueWorker<InquiryLease> =>
  new DueWorker<InquiryLease>(
    {
      claim: (limit) => {
        const now = tools.clock.now();
        const until = new Date(now.getTime() + leaseMs);
        return unitOfWork.run(({ inquiries }) => inquiries.claimDue(now, until, limit));
      },
      work: (lease) => askAntom(unitOfWork, tools, lease),
      onError: (err) => logger.error({ err }, 'an inquiry could not be recorded; it is repeated'),
    },
    pace,
  );
