import { type BankChoice } from '@kasir/contracts';
import { type Money } from '@kasir/kernel';
import { type PaymentUpdate } from '@kasir/notification/domain/payment-update';
import { type Chaos } from '../chaos.js';
import { type Random } from '../random.js';
import { type Agenda } from './agenda.js';

const minute = 60_000;
const hour = 60 * minute;

/** One payment as the bank knows it: the truth that our books are compared with. */
export interface BankPayment {
  readonly paymentId: string;
  readonly paidAt: string;
  /** What was charged; another amount than was asked for now and then. */
  readonly amount: Money;
  /** Antom gave it back by itself, because the attempt had been cancelled. */
  readonly givenBack: boolean;
}

export interface BankSession {
  readonly paymentRequestId: string;
  readonly orderId: string;
  readonly amount: Money;
  readonly choice: BankChoice;
  readonly expiresAt: Date;
  /** The bytes it was asked for with. */
  readonly body: string;
  /** `open`: the buyer has done nothing yet. After a refusal the buyer may try again while the session lives. */
  readonly status: 'open' | 'submitted' | 'pending' | 'refused' | 'paid' | 'timed out' | 'cancelled';
  readonly triesEndAt?: Date;
  readonly payments: readonly BankPayment[];
}

export interface BankRefund {
  readonly refundRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly status: 'taken' | 'given back' | 'failed';
  readonly at: string;
  /** Given back without a refund of ours, such as from Antom's dashboard. */
  readonly outside: boolean;
}

/** How a message of the bank's is carried to us. */
export interface Letters {
  aboutPayment(update: PaymentUpdate, mayBeLost: boolean): void;
  aboutRefund(refund: BankRefund): void;
}

const decided = ['paid', 'timed out', 'cancelled'];

/** Antom and the banks behind it, as far as money goes: sessions, tries, charges. It calls nobody and forgets nothing. */
export class Bank {
  readonly #sessions = new Map<string, BankSession>();
  readonly #refunds = new Map<string, BankRefund>();
  #payments = 0;

  constructor(
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly chaos: Chaos,
    private readonly letters: Letters,
  ) {}

  get sessions(): readonly BankSession[] {
    return [...this.#sessions.values()];
  }

  session(id: string): BankSession | undefined {
    return this.#sessions.get(id);
  }

  /** The same id opens the same session. @returns undefined where another request came with the same id */
  open(wish: Omit<BankSession, 'status' | 'payments'>): BankSession | undefined {
    const known = this.#sessions.get(wish.paymentRequestId);
    if (known !== undefined) return known.body === wish.body ? known : undefined;
    return this.#keep({ ...wish, status: 'open', payments: [] });
  }

  /** The buyer goes to the bank. @returns whether there is a session to pay in */
  submit(id: string): boolean {
    const session = this.#sessions.get(id);
    if (session === undefined || !this.#isPayable(session)) return false;
    const timeoutMs = session.choice.category === 'BANK_TRANSFER' ? 48 * hour : 14 * minute;
    const triesEndAt = new Date(this.agenda.now().getTime() + timeoutMs);
    this.#keep({ ...session, status: 'submitted', triesEndAt });
    this.agenda.in(timeoutMs, () => this.#timeOut(id, triesEndAt));
    return true;
  }

  /** The bank has not decided. */
  pend(id: string): void {
    if (this.#sessions.get(id)?.status === 'submitted') this.#move(id, 'pending', { kind: 'pending' });
  }

  refuse(id: string): void {
    const { status } = this.#sessions.get(id) ?? {};
    if (status === 'submitted' || status === 'pending')
      this.#move(id, 'refused', { kind: 'failed', code: 'USER_BALANCE_NOT_ENOUGH', message: 'not enough' });
  }

  pay(id: string): void {
    const session = this.#sessions.get(id);
    if (session?.status !== 'submitted' && session?.status !== 'pending') return;
    // Of two charges an inquiry about the attempt shows the last one only, so news of them is not lost here.
    const twice = this.chaos.strikes('charged twice', 0.04);
    this.#charge(id, { mayBeLost: !twice });
    if (twice) this.#charge(id);
  }

  /** Only before it is paid, and in Thailand; what nobody has begun to pay is unknown to it. */
  cancel(id: string): 'cancelled' | 'unknown' | 'refused' {
    const session = this.#sessions.get(id);
    if (session === undefined || session.status === 'open') return 'unknown';
    if (session.status === 'cancelled') return 'cancelled';
    if (session.status === 'paid' || session.status === 'timed out' || session.amount.currency === 'IDR')
      return 'refused';
    this.#keep({ ...session, status: 'cancelled' });
    if (session.status !== 'refused' && this.chaos.strikes('charged after a cancel', 0.1))
      this.agenda.in(this.random.between(0, minute), () => this.#charge(id, { givenBack: true }));
    return 'cancelled';
  }

  get refunds(): readonly BankRefund[] {
    return [...this.#refunds.values()];
  }

  refund(id: string): BankRefund | undefined {
    return this.#refunds.get(id);
  }

  /** The same id is the same refund. @returns undefined where it gives nothing back */
  giveBack(asked: Pick<BankRefund, 'refundRequestId' | 'paymentId' | 'amount'>): BankRefund | undefined {
    const wish = { ...asked, outside: false };
    const known = this.#refunds.get(wish.refundRequestId);
    if (known !== undefined) return known;
    if (this.random.chance(0.15) || BigInt(asked.amount.value) > this.#left(asked.paymentId)) return undefined;
    const atOnce = this.random.chance(0.4);
    if (!atOnce)
      this.agenda.in(this.random.between(minute, 5 * hour), () =>
        this.#settleRefund(wish.refundRequestId, this.random.chance(0.75) ? 'given back' : 'failed'),
      );
    this.#refunds.set(wish.refundRequestId, { ...wish, status: 'taken', at: this.agenda.now().toISOString() });
    if (atOnce) this.#settleRefund(wish.refundRequestId, 'given back');
    return this.#refunds.get(wish.refundRequestId);
  }

  /** What is not given back of a payment, in minor units. */
  #left(paymentId: string): bigint {
    const payment = this.sessions.flatMap(({ payments }) => payments).find((each) => each.paymentId === paymentId);
    const back = this.refunds.filter((refund) => refund.paymentId === paymentId && refund.status !== 'failed');
    return back.reduce((left, { amount }) => left - BigInt(amount.value), BigInt(payment?.amount.value ?? 0));
  }

  /** Somebody gives back what is left of a payment, or a part of it, and does not ask us. */
  #returnOutside(paymentId: string, currency: string): void {
    const left = this.#left(paymentId);
    // Rupiah have no minor units, so that amounts stay whole hundreds.
    const part = this.random.chance(0.3) ? (left / 200n) * 100n : left;
    if (part <= 0n) return;
    const refundRequestId = `outside-${paymentId}`;
    const amount = { value: String(part), currency };
    this.#refunds.set(refundRequestId, { refundRequestId, paymentId, amount, status: 'taken', at: '', outside: true });
    this.#settleRefund(refundRequestId, 'given back');
  }

  #settleRefund(id: string, status: BankRefund['status']): void {
    const settled = { ...this.#refunds.get(id)!, status, at: this.agenda.now().toISOString() };
    this.#refunds.set(id, settled);
    this.letters.aboutRefund(settled);
  }

  #isPayable({ status, expiresAt }: BankSession): boolean {
    return (status === 'open' || status === 'refused') && this.agenda.now() < expiresAt;
  }

  #timeOut(id: string, triesEndAt: Date): void {
    const session = this.#sessions.get(id)!;
    if (session.triesEndAt !== triesEndAt || decided.includes(session.status) || session.status === 'refused') return;
    this.#move(id, 'timed out', { kind: 'failed', code: 'ORDER_IS_CLOSED', message: 'timed out' });
  }

  #charge(id: string, { givenBack = false, mayBeLost = false } = {}): void {
    const session = this.#sessions.get(id)!;
    const paymentId = `p${++this.#payments}`;
    const paidAt = this.agenda.now().toISOString();
    const amount = this.chaos.strikes('other amount charged', 0.05) ? lessThan(session.amount) : session.amount;
    const payments = [...session.payments, { paymentId, paidAt, amount, givenBack }];
    this.#keep({ ...session, payments, ...(givenBack ? {} : { status: 'paid' }) });
    this.#tell(id, paymentId, { kind: 'succeeded', paidAt, amount }, mayBeLost);
    // Later than any news of the payment: Antom's own notification of a refund names no payment, and only an inquiry about a payment that is known does.
    if (!givenBack && this.chaos.strikes('money returned outside', 0.08))
      this.agenda.in(this.random.between(3 * hour, 30 * hour), () => this.#returnOutside(paymentId, amount.currency));
  }

  #move(id: string, status: BankSession['status'], what: Word): void {
    this.#keep({ ...this.#sessions.get(id)!, status });
    this.#tell(id, `t-${id}`, what, true);
  }

  #tell(paymentRequestId: string, paymentId: string, what: Word, mayBeLost: boolean): void {
    const { amount } = this.#sessions.get(paymentRequestId)!;
    this.letters.aboutPayment({ paymentRequestId, paymentId, amount, ...what }, mayBeLost);
  }

  #keep(session: BankSession): BankSession {
    this.#sessions.set(session.paymentRequestId, session);
    return session;
  }
}

type Word =
  | { readonly kind: 'succeeded'; readonly paidAt: string; readonly amount: Money }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'pending' };

const lessThan = ({ value, currency }: Money): Money => ({ value: String(Number(value) - 100), currency });
