import { type BankChoice, type OrderFacts } from '@kasir/contracts';
import { type Lease } from '../application/ports.js';
import { type Attempt, type AttemptStatus } from '../domain/attempt.js';

export interface AttemptRow {
  payment_session_id: string;
  order_id: string;
  order_facts: OrderFacts;
  amount_value: string;
  amount_currency: string;
  bank_choice: BankChoice;
  status: AttemptStatus;
  request_path: string;
  request_body: string;
  not_after: Date;
  session_expires_at: Date;
  ends_at: Date;
  lease_version: number;
  tries: number;
  caused_by: string;
  traceparent: string | null;
}

export const toAttempt = (row: AttemptRow): Attempt => ({
  paymentSessionId: row.payment_session_id,
  orderId: row.order_id,
  order: row.order_facts,
  amount: { value: row.amount_value, currency: row.amount_currency },
  bankChoice: row.bank_choice,
  status: row.status,
  request: { path: row.request_path, body: row.request_body },
  notAfter: row.not_after,
  sessionExpiresAt: row.session_expires_at,
  endsAt: row.ends_at,
});

export const toLease = (row: AttemptRow): Lease => ({
  attempt: toAttempt(row),
  version: row.lease_version,
  tries: row.tries,
  causedBy: { id: row.caused_by, ...(row.traceparent === null ? {} : { traceparent: row.traceparent }) },
});
