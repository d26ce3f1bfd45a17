import { type Clock } from '@kasir/kernel';
import { type Gauges } from '@kasir/service';
import { type UnitOfWork } from '../application/ports.js';
import { overdueUpdates } from '../application/unmatched-updates.js';

/** The numbers of this service alone, at which an operator should be called. */
export const gauges = (unitOfWork: UnitOfWork, clock: Clock): Gauges => ({
  abouts: {
    kasir_waiting_news_overdue: {
      help: 'verified updates that have waited more than an hour for their attempt or refund',
    },
    kasir_quarantined_webhooks: { help: 'webhooks that could not be verified and are kept with their bodies' },
    kasir_quarantine_full: { help: '1 while the bodies of such webhooks are no longer kept' },
  },
  read: async () => {
    const { count } = await overdueUpdates(unitOfWork, clock);
    const { rows, isFull } = await unitOfWork.run(({ quarantine }) => quarantine.size());
    return {
      kasir_waiting_news_overdue: count,
      kasir_quarantined_webhooks: rows,
      kasir_quarantine_full: isFull ? 1 : 0,
    };
  },
});
