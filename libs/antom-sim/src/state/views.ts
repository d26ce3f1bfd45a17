import { type Money } from '@kasir/kernel';
import { type PaymentDecided, type RefundAccepted, type SessionOpened } from './facts.js';
import { type Letter } from './letter.js';

/** Money that the buyer paid. */
export interface Charge {
  readonly kind: 'charge';
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly referenceOrderId: string;
  readonly amount: Money;
  readonly at: string;
}

/** Money that went back to the buyer. */
export interface GivenBack {
  readonly kind: 'refund';
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly referenceOrderId: string;
  readonly amount: Money;
  readonly at: string;
  /** Absent where a cancel gave it back. */
  readonly refundRequestId?: string;
}

/** What moved: the truth that everybody else is compared with. */
export type LedgerEntry = Charge | GivenBack;

export interface Session extends Omit<SessionOpened, 'fact'> {
  /**
   * `open`: there is no payment yet. `refused` is the last try: the buyer may try again while the session lives.
   * `cancelled` and `timed out` are for good.
   */
  readonly status: 'open' | 'submitted' | PaymentDecided['outcome'];
  readonly paymentId?: string;
  readonly method?: string;
  readonly bankName?: string;
  readonly submittedAt?: string;
  readonly timesOutAt?: string;
  readonly decidedAt?: string;
  readonly paidAt?: string;
  /** Where it is not the amount that was asked for. */
  readonly charged?: Money;
  readonly code?: string;
  readonly then?: PaymentDecided['then'];
}

/** What the buyer paid or, before that, is to pay. */
export const amountOf = ({ amount, charged = amount }: Pick<Session, 'amount' | 'charged'>): Money => charged;

export interface Refund extends Omit<RefundAccepted, 'fact'> {
  readonly status: 'accepted' | 'refunded' | 'failed' | 'refused';
  readonly code?: string;
  readonly message?: string;
}

export interface NotificationState extends Letter {
  readonly at: string;
  readonly deliveries: number;
  /** Those that Antom's schedule counts. */
  readonly inTurn: number;
  readonly acknowledged: boolean;
}
