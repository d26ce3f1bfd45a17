import { type Refund } from '../domain/refund.js';

export interface RefundRow {
  id: string;
  order_id: string;
  payment_session_id: string;
  payment_id: string | null;
  amount_value: string;
  amount_currency: string;
  reason: string;
  requested_by: string | null;
  status: Refund['status'];
  obstacle: Refund['obstacle'];
  refunded_at: Date | null;
  created_at: Date;
}

export const toRefund = (row: RefundRow): Refund => ({
  id: row.id,
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  paymentId: row.payment_id,
  amount: { value: row.amount_value, currency: row.amount_currency },
  reason: row.reason,
  requestedBy: row.requested_by,
  status: row.status,
  obstacle: row.obstacle,
  refundedAt: row.refunded_at,
  createdAt: row.created_at,
});
