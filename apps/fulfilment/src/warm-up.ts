import { orders } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { samplePayment, type WarmUp } from '@kasir/service';

/** One coffee of an order that was paid. */
export const warmUp = (clock: Clock): WarmUp => ({
  async run({ apply }) {
    const { paid } = samplePayment({ now: clock.now() });
    await apply(orders, paid);
  },
});
