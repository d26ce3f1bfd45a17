import { type Money } from '@kasir/kernel';

/** What happened at the simulator. All its state is made of these, so that a killed one finds itself again. */
export type Fact = SessionOpened | PaymentDecided | DeliveryMade;

export interface SessionOpened {
  readonly fact: 'session opened';
  /** ISO 8601 in UTC, as every time here. */
  readonly at: string;
  readonly paymentRequestId: string;
  /** Tells whether a repeat says the same. */
  readonly fingerprint: string;
  readonly referenceOrderId: string;
  readonly amount: Money;
  readonly bank: Readonly<Record<string, string>>;
  readonly notifyUrl: string;
  readonly expiresAt: string;
  readonly sessionId: string;
  readonly sessionData: string;
}

export interface PaymentDecided {
  readonly fact: 'payment decided';
  readonly at: string;
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly outcome: 'paid' | 'refused';
  readonly code: string;
  /** The body that says so, the same in every delivery. */
  readonly notification: { readonly id: string; readonly body: string };
}

export interface DeliveryMade {
  readonly fact: 'delivery made';
  readonly at: string;
  readonly notificationId: string;
  readonly acknowledged: boolean;
}
