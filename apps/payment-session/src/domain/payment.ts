/** What became of the money of a payment. */
export type Standing =
  /** It pays the order. */
  | 'paid'
  /** The order was paid already. */
  | 'duplicate'
  /** It pays nothing, and a person decides about it. */
  | 'under-review'
  /** It pays nothing, and nothing waits for it. */
  | 'settled';

/** Money that Antom reported under one id. Whichever event tells of it first makes it. */
export interface Payment {
  readonly orderId: string;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  /** Unknown where only a return of it was told. */
  readonly standing?: Standing;
  /** In the provider's own words; unknown where a decision about it, or a return of it, came first. */
  readonly received?: { readonly value: string; readonly currency: string };
  /** What went back to the buyer, in minor units. */
  readonly givenBack: bigint;
}

export type PaymentKey = Pick<Payment, 'orderId' | 'paymentSessionId' | 'paymentId'>;

export const newPayment = ({ orderId, paymentSessionId, paymentId }: PaymentKey): Payment => ({
  ...{ orderId, paymentSessionId, paymentId },
  givenBack: 0n,
});

/** What was received and has not gone back, in minor units; below zero where more went back. */
export const keptOf = ({ received, givenBack }: Pick<Payment, 'received' | 'givenBack'>): bigint =>
  (received !== undefined && /^\d{1,16}$/.test(received.value) ? BigInt(received.value) : 0n) - givenBack;

/** More of it went back; money of another currency is no part of it. */
export const givingBack = (payment: Payment, { value, currency }: { value: string; currency: string }): Payment =>
  payment.received === undefined || payment.received.currency === currency
    ? { ...payment, givenBack: payment.givenBack + BigInt(value) }
    : payment;

const stands = (payment: Payment): boolean =>
  (payment.standing === 'paid' || payment.standing === 'duplicate') &&
  (payment.received === undefined || keptOf(payment) > 0n);

/** What a success is for its order, beside the other payments. A person may have decided about it before it was known. */
export function standingOfSuccess(known: Payment | undefined, others: readonly Payment[]): Standing {
  if (known?.standing === 'paid' || known?.standing === 'duplicate') return known.standing;
  if (!others.some(stands)) return 'paid';
  return known?.standing === 'settled' ? 'settled' : 'duplicate';
}

/** Whether the buyer has paid twice, and neither a return nor a person has said which payment stands. */
export const hasOpenDuplicate = (payments: readonly Payment[]): boolean => {
  const standing = payments.filter(stands);
  return standing.length > 1 && standing.some((payment) => payment.standing === 'duplicate');
};
