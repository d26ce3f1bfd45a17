import { type BankChoice, type Buyer, type Terminal, type FieldError } from '@kasir/contracts';
import { type Money } from '@kasir/kernel';
import { type FrozenRequest } from '../domain/attempt.js';

export interface SessionWish {
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly description: string;
  readonly orderAmount: Money;
  readonly amount: Money;
  readonly bankChoice: BankChoice;
  readonly terminal: Terminal;
  readonly clientIp: string;
  readonly userAgent?: string | undefined;
  readonly redirectUrl: string;
  readonly buyer?: Buyer | undefined;
  readonly sessionExpiresAt: Date;
}

export interface RefundWish {
  readonly refundRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly reason: string;
}

/** It is not known what came of a call. */
export interface NoAnswer {
  readonly kind: 'unknown';
  readonly reason: string;
  /** False when it is certain that nothing was sent. */
  readonly sent?: false;
  /** When asking again may be worth it, in milliseconds. */
  readonly retryAfterMs?: number;
}

interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

export type SessionAnswer =
  { readonly kind: 'created'; readonly sessionData: string; readonly sessionExpiresAt?: Date } | Refusal | NoAnswer;

export type InquiryAnswer =
  | {
      readonly kind: 'answered';
      readonly status: 'succeeded' | 'failed' | 'processing' | 'pending' | 'cancelled';
      readonly code: string;
      readonly message: string;
    }
  /** The provider knows no payment: before the buyer acts there is none. */
  | { readonly kind: 'not-found'; readonly code: string; readonly message: string }
  | NoAnswer;

export type CancelAnswer = { readonly kind: 'cancelled' } | (Refusal & { readonly noSuchPayment: boolean }) | NoAnswer;

export type RefundAnswer =
  | { readonly kind: 'accepted' }
  /** Taken note of, and not decided: the same bytes drive it on. */
  | { readonly kind: 'processing'; readonly code: string; readonly message: string }
  | Refusal
  | NoAnswer;

export interface PaymentProvider {
  /** The bytes to ask with, whole and final. @throws InvalidWish naming the fields that the provider would refuse */
  freeze(wish: SessionWish): FrozenRequest;
  /** The same for a refund. @throws InvalidWish */
  freezeRefund(wish: RefundWish): FrozenRequest;
  /** Why no way of a choice takes an amount, and which bank does; undefined where one of them may. */
  limitProblem(amount: Money, choice: BankChoice): string | undefined;
  /** Whether what came of a choice can be cancelled before it is paid. */
  canCancel(choice: BankChoice, currency: string): 'yes' | 'no' | 'depends';
  /** Whether what was paid by a choice can be given back. */
  canRefund(choice: BankChoice, currency: string): 'yes' | 'no' | 'depends';
  /** Each asks once. A time-out, an unsigned or an unreadable answer is `unknown`. */
  createSession(request: FrozenRequest): Promise<SessionAnswer>;
  inquire(paymentRequestId: string): Promise<InquiryAnswer>;
  cancel(paymentRequestId: string): Promise<CancelAnswer>;
  refund(refundRequestId: string, request: FrozenRequest): Promise<RefundAnswer>;
}

/** What the provider would refuse, known before it is sent. */
export class InvalidWish extends Error {
  override readonly name = 'InvalidWish';

  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ field, message }) => `${field} ${message}`).join('; '));
  }

  get refusal(): { code: string; message: string; errors: readonly FieldError[] } {
    return { code: 'invalid_request', message: this.message, errors: this.errors };
  }
}

export function orInvalid<Built>(build: () => Built): Built | InvalidWish {
  try {
    return build();
  } catch (error) {
    if (error instanceof InvalidWish) return error;
    throw error;
  }
}
