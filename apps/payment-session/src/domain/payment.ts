import { type Money } from '@kasir/kernel';

/** A payment that succeeded, by Antom's id. An attempt may bring several. */
export interface Payment {
  readonly paymentId: string;
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly amount: Money;
}
