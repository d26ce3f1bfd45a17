import { payments } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { samplePayment, type WarmUp } from '@kasir/service';

/** One order that is paid. */
export const warmUp = (clock: Clock): WarmUp => ({
  run: ({ apply }) => apply(payments, samplePayment({ now: clock.now() }).succeeded),
});
