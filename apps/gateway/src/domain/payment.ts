import { type Money } from '@kasir/kernel';

/** Money that was received, by Antom's id of the payment. A session may bring several. */
export interface Payment {
  readonly paymentId: string;
  readonly paymentSessionId: string;
  readonly orderId: string;
  /** What was received, which is another amount than was asked for where it pays nothing by itself. */
  readonly amount: Money;
}
