import { type BankChoice, type OrderFacts } from '@kasir/contracts';
import { type Attempt, type AttemptStatus } from '../domain/attempt.js';
import { type Cancel } from '../domain/cancel.js';

export interface AttemptRow {
  payment_session_id: string;
  order_id: string;
  order_facts: OrderFacts;
  amount_value: string;
  amount_currency: string;
  bank_choice: BankChoice;
  status: AttemptStatus;
  used: boolean;
  cancel_cause: Cancel['cause'] | null;
  cancel_answer: NonNullable<Cancel['answer']> | null;
  cancel_started_id: string | null;
  payment_id: string | null;
  request_path: string;
  request_body: string;
  not_after: Date;
  session_expires_at: Date;
  ends_at: Date;
}

export const toAttempt = (row: AttemptRow): Attempt => ({
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  order: row.order_facts,
  amount: { value: row.amount_value, currency: row.amount_currency },
  bankChoice: row.bank_choice,
  status: row.status,
  used: row.used,
  ...cancelIn(row),
  ...(row.payment_id === null ? {} : { paymentId: row.payment_id }),
  request: { path: row.request_path, body: row.request_body },
  notAfter: row.not_after,
  sessionExpiresAt: row.session_expires_at,
  endsAt: row.ends_at,
});

const cancelIn = ({ cancel_cause: cause, cancel_answer: answer, cancel_started_id: startedId }: AttemptRow) =>
  cause === null
    ? {}
    : { cancel: { cause, ...(answer === null ? {} : { answer }), ...(startedId === null ? {} : { startedId }) } };
