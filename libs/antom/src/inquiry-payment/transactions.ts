import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { maybeAmount, maybeText, maybeTime, present } from '../reading/fields.js';
import { ResultField } from '../results.js';
import { type PaymentStatus, statusOf } from './status.js';

export type TransactionKind =
  'payment' | 'refund' | 'capture' | 'cancel' | 'authorization' | 'void' | 'incremental' | 'other';

/** One thing that happened to a payment: above all, what Antom has given back. */
export interface Transaction {
  readonly kind: TransactionKind;
  readonly status: PaymentStatus | 'unknown';
  /** Antom's id, such as a refundId. */
  readonly id?: string;
  /** Ours, such as a refundRequestId. */
  readonly requestId?: string;
  readonly amount?: Money;
  readonly at?: Date;
  readonly code?: string;
}

const kinds: ReadonlyMap<string, TransactionKind> = new Map<string, TransactionKind>(
  (['payment', 'refund', 'capture', 'cancel', 'authorization', 'void', 'incremental'] as const).map((kind) => [
    kind.toUpperCase(),
    kind,
  ]),
);

const Said = z.looseObject({
  transactionType: maybeText,
  transactionStatus: maybeText,
  transactionId: maybeText,
  transactionRequestId: maybeText,
  transactionAmount: maybeAmount,
  transactionTime: maybeTime,
  transactionResult: ResultField.optional().catch(undefined),
});

/** As many as Antom names: one that we cannot read stays as `other`, so that nobody takes its absence for a fact. */
export function readTransactions(said: unknown): Transaction[] {
  if (said === undefined || said === null) return [];
  return Array.isArray(said) ? said.map(readTransaction) : [unreadable];
}

const unreadable: Transaction = { kind: 'other', status: 'unknown' };

function readTransaction(said: unknown): Transaction {
  const read = Said.safeParse(said);
  if (!read.success) return unreadable;
  const { transactionType: type = '', transactionStatus, ...rest } = read.data;
  return {
    kind: kinds.get(type) ?? 'other',
    status: statusOf(transactionStatus) ?? 'unknown',
    ...present({
      id: rest.transactionId,
      requestId: rest.transactionRequestId,
      amount: rest.transactionAmount,
      at: rest.transactionTime,
      code: rest.transactionResult?.code,
    }),
  };
}
