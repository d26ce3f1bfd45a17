import { type Clock } from '@kasir/kernel';
import { type Gauges } from '@kasir/service';
import { type UnitOfWork } from '../application/ports.js';
import { waitingTooLong } from '../application/waiting-too-long.js';

/** The ear's own numbers: those at which somebody should be woken. */
export const gauges = (unitOfWork: UnitOfWork, clock: Clock): Gauges => ({
  abouts: {
    kasir_waiting_news_overdue: { help: 'verified news that has waited more than an hour for its attempt or refund' },
    kasir_quarantined_webhooks: { help: 'webhooks that could not be verified and are kept with their bodies' },
    kasir_quarantine_full: { help: '1 while the bodies of such webhooks are no longer kept' },
  },
  read: async () => {
    const { count } = await waitingTooLong(unitOfWork, clock);
    const { rows, fullSince } = await unitOfWork.run(({ quarantine }) => quarantine.glance());
    return {
      kasir_waiting_news_overdue: count,
      kasir_quarantined_webhooks: rows,
      kasir_quarantine_full: fullSince === null ? 0 : 1,
    };
  },
});
