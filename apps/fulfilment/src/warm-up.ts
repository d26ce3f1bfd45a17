import { orders } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { samplePayment, type WarmUp } from '@kasir/service';

/** One coffee of an order that was paid. */
export const warmUp = (clock: Clock): WarmUp => ({
  async run({ apply }) {
    const { opened, paid } = samplePayment({ now: clock.now() });
    await apply(orders, opened);
    await apply(orders, paid);
  },
});
