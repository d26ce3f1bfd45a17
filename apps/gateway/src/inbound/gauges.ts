import { type Clock } from '@kasir/kernel';
import { type Gauges } from '@kasir/service';
import { type ReadModel } from '../application/ports.js';
import { overdueBefore } from '../domain/payment-session.js';

/** What an app waits for although it should long have been answered. */
export const gauges = ({ unansweredSince }: ReadModel, clock: Clock): Gauges => ({
  abouts: {
    kasir_overdue_requests: {
      help: 'payment sessions whose request is unanswered for more than a minute after its end',
    },
  },
  read: async () => ({ kasir_overdue_requests: await unansweredSince(overdueBefore(clock.now())) }),
});
