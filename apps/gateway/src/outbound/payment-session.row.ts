import { type PaymentSession } from '../domain/payment-session.js';

/** Amounts come as text, because they may be larger than a number can hold. */
export interface PaymentSessionRow {
  id: string;
  order_id: string;
  status: PaymentSession['status'];
  amount_value: string;
  amount_currency: string;
  bank_choice: PaymentSession['bankChoice'];
  sealed_data: string | null;
  session_expires_at: Date | null;
  ends_at: Date | null;
  rejection: PaymentSession['rejection'];
  failure: PaymentSession['failure'];
  cancel_status: PaymentSession['cancel']['status'];
  cancel_reason: string | null;
  paid_at: Date | null;
  returned_at: Date | null;
  created_at: Date;
}

export const toPaymentSession = (row: PaymentSessionRow): PaymentSession => ({
  id: row.id,
  orderId: row.order_id,
  status: row.status,
  amount: { value: row.amount_value, currency: row.amount_currency },
  bankChoice: row.bank_choice,
  sealed:
    row.sealed_data === null || row.session_expires_at === null || row.ends_at === null
      ? null
      : { data: row.sealed_data, expiresAt: row.session_expires_at, endsAt: row.ends_at },
  rejection: row.rejection,
  failure: row.failure,
  cancel: { status: row.cancel_status, reason: row.cancel_reason },
  paidAt: row.paid_at,
  returnedAt: row.returned_at,
  createdAt: row.created_at,
});
