import { type OrderFacts } from '@kasir/contracts';
import { addMoney, type Money } from '@kasir/kernel';

/** Which payment of which attempt: an attempt may succeed twice under two payment ids. */
export interface Payment {
  readonly paymentSessionId: string;
  readonly paymentId: string;
}

/** The amount that was asked for was received. */
export interface Success extends Payment {
  readonly orderId: string;
  readonly order: OrderFacts;
  readonly amount: Money;
  readonly paidAt: string;
}

/** Money that arrived, and what became of it. */
export interface ReceivedPayment extends Payment {
  readonly orderId: string;
  readonly amount: Money;
  readonly paidAt: string;
  /** `paid` pays its order, `returned` did until all of it went back; anything else is the kind of its case. */
  readonly standing: string;
  /** Minor units that went back to the buyer. */
  readonly givenBack: string;
}

/** A payment of which only a refund is known so far. */
export interface ExpectedPayment extends Payment {
  readonly orderId: string;
  readonly amount: null;
}

export type KnownPayment = ReceivedPayment | ExpectedPayment;

const decided = ['paid', 'returned', 'duplicate-payment', 'late-payment'];

/** Whether a success of it was judged before. */
export const isDecided = (payment: KnownPayment | undefined): boolean =>
  payment !== undefined && payment.amount !== null && decided.includes(payment.standing);

export const samePayment = (a: Payment, b: Payment): boolean =>
  a.paymentSessionId === b.paymentSessionId && a.paymentId === b.paymentId;

/** @throws RangeError where the currencies differ */
export const giveBackOf = (payment: ReceivedPayment, amount: Money): ReceivedPayment => ({
  ...payment,
  givenBack: addMoney({ value: payment.givenBack, currency: payment.amount.currency }, amount).value,
});

/** Less than nothing where more went back than ever came. */
export const leftOf = ({ amount, givenBack }: ReceivedPayment): bigint => BigInt(amount.value) - BigInt(givenBack);

/** Never less than nothing. */
export function remainderOf(payment: ReceivedPayment): Money {
  const left = leftOf(payment);
  return { value: String(left < 0n ? 0n : left), currency: payment.amount.currency };
}
