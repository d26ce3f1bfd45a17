import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { type Answer } from '../http/answer.js';
import { maybeAmount, maybeText, maybeTime, present } from '../reading/fields.js';
import { judge, type Unsure, unsure } from '../reading/judge.js';
import { aboutAnother } from '../reading/same-thing.js';
import { type PaymentReference } from '../requests/references.js';
import { type PaymentStatus, statusOf } from './status.js';
import { readTransactions, type Transaction } from './transactions.js';

interface Told {
  readonly kind: 'answered';
  readonly paymentRequestId?: string;
  /** Antom's code for the payment, not for the question; may be empty. */
  readonly code: string;
  readonly message: string;
  /** Antom's name of the bank or method, where it says it. */
  readonly method?: string;
  readonly createdAt?: Date;
  readonly transactions: readonly Transaction[];
}

/** How a payment stands, in our own words. */
export type PaymentInquiry =
  /** Stays so even when it is refunded later: that is in `transactions`. */
  | (Told & {
      readonly status: 'succeeded';
      readonly paymentId: string;
      readonly amount: Money;
      readonly paidAt?: Date;
    })
  | (Told & {
      readonly status: Exclude<PaymentStatus, 'succeeded'>;
      readonly paymentId?: string;
      readonly amount?: Money;
    })
  /**
   * Antom knows no such payment. As long as the session lives the shopper may still confirm one; only after the end of
   * the session, and of the longest payment that can come of it, does this mean that none will come.
   */
  | { readonly kind: 'not-found'; readonly code: string; readonly message: string }
  /** The question was not answered. It says nothing about the payment. */
  | Unsure;

const Said = z.looseObject({
  paymentStatus: maybeText,
  paymentResultCode: maybeText,
  paymentResultMessage: maybeText,
  paymentRequestId: maybeText,
  paymentId: maybeText,
  paymentAmount: maybeAmount,
  paymentMethodType: maybeText,
  paymentCreateTime: maybeTime,
  paymentTime: maybeTime,
  transactions: z.unknown().optional(),
});
type Said = z.infer<typeof Said>;

const puzzled = (detail: string) => unsure('inquiryPayment', 'unreadable', detail, { alarm: true });

/**
 * Puts Antom's answer to inquiryPayment into our words. Its result says only whether the question was answered; the
 * payment is in `paymentStatus`.
 */
export function readPaymentInquiry(answer: Answer, asked: PaymentReference): PaymentInquiry {
  const judged = judge('inquiryPayment', answer);
  if (judged.kind === 'unknown') return judged;
  const { result, body } = judged;
  if (result.status !== 'S') return { kind: 'not-found', code: result.code, message: result.message };
  const other = aboutAnother('inquiryPayment', asked, body);
  if (other !== undefined) return other;
  const said = Said.parse(body);
  const status = statusOf(said.paymentStatus);
  if (status === undefined) return puzzled(`paymentStatus ${said.paymentStatus ?? 'is missing'} is not known`);
  return status === 'succeeded' ? succeeded(said) : { ...told(said), status, ...soFar(said) };
}

function succeeded(said: Said): PaymentInquiry {
  const { paymentId, paymentAmount: amount } = said;
  if (paymentId === undefined || amount === undefined)
    return puzzled('Antom says SUCCESS without a paymentId or without a readable paymentAmount');
  return { ...told(said), status: 'succeeded', paymentId, amount, ...present({ paidAt: said.paymentTime }) };
}

const soFar = ({ paymentId, paymentAmount: amount }: Said) => present({ paymentId, amount });

const told = (said: Said): Told => ({
  kind: 'answered',
  code: said.paymentResultCode ?? '',
  message: said.paymentResultMessage ?? '',
  transactions: readTransactions(said.transactions),
  ...present({
    paymentRequestId: said.paymentRequestId,
    method: said.paymentMethodType,
    createdAt: said.paymentCreateTime,
  }),
});
