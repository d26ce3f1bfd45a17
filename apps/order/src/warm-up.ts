import { payments, paymentSessions } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { samplePayment, type WarmUp } from '@kasir/service';

/** One order that is opened and paid. */
export const warmUp = (clock: Clock): WarmUp => ({
  async run({ apply }) {
    const { started, succeeded } = samplePayment({ now: clock.now() });
    await apply(paymentSessions, started);
    await apply(payments, succeeded);
  },
});
