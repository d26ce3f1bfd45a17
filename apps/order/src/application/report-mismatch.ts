import { type DataOf, type PaymentEvent } from '@kasir/contracts';
import { type Stores } from './ports.js';

/** Money came that nobody asked for: the order stays as it is and a person has to look. */
export async function reportMismatch(
  stores: Stores,
  mismatch: DataOf<PaymentEvent, 'PaymentMismatched'>,
): Promise<void> {
  const { orderId, paymentSessionId, paymentId, expected, received } = mismatch;
  await stores.orders.lock(orderId);
  await stores.say({
    type: 'OrderNeedsAttention',
    identity: `amount-mismatch/${paymentSessionId}/${paymentId}`,
    data: {
      orderId,
      kind: 'amount-mismatch',
      paymentSessionId,
      paymentId,
      evidence: {
        expected: `${expected.value} ${expected.currency}`,
        received: `${received.value} ${received.currency}`,
      },
    },
  });
}
