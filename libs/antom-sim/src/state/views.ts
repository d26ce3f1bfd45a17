import { type Money } from '@kasir/kernel';
import { type SessionOpened } from './facts.js';

/** Money that moved: the truth that everybody else is compared with. */
export interface Charge {
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly referenceOrderId: string;
  readonly amount: Money;
  readonly at: string;
}

export interface Session extends Omit<SessionOpened, 'fact'> {
  /** `refused` is the last try: the shopper may try again while the session lives. */
  readonly status: 'open' | 'refused' | 'paid';
  readonly paymentId?: string;
}

export interface NotificationState {
  readonly id: string;
  readonly paymentRequestId: string;
  readonly outcome: 'paid' | 'refused';
  readonly url: string;
  readonly body: string;
  readonly at: string;
  readonly deliveries: number;
  readonly acknowledged: boolean;
}
