import { type BankChoice, type OrderFacts } from '@kasir/contracts';
import { type Attempt, type AttemptStatus } from '../domain/attempt.js';
import { type JobRow } from './due.js';

export interface AttemptRow extends JobRow {
  payment_session_id: string;
  order_id: string;
  order_facts: OrderFacts;
  amount_value: string;
  amount_currency: string;
  bank_choice: BankChoice;
  status: AttemptStatus;
  stopped: boolean;
  used: boolean;
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
  stopped: row.stopped,
  used: row.used,
  ...(row.payment_id === null ? {} : { paymentId: row.payment_id }),
  request: { path: row.request_path, body: row.request_body },
  notAfter: row.not_after,
  sessionExpiresAt: row.session_expires_at,
  endsAt: row.ends_at,
});
