import { type Refund, type RefundStatus } from '../domain/refund.js';

export interface RefundRow {
  refund_request_id: string;
  order_id: string;
  payment_session_id: string;
  payment_id: string | null;
  amount_value: string;
  amount_currency: string;
  cause: Refund['cause'];
  case_id: string | null;
  status: RefundStatus;
  hint: NonNullable<Refund['hint']> | null;
  reason: string;
  request_path: string | null;
  request_body: string | null;
}

export const toRefund = (row: RefundRow): Refund => ({
  refundRequestId: row.refund_request_id,
  orderId: row.order_id,
  paymentSessionId: row.payment_session_id,
  ...(row.payment_id === null ? {} : { paymentId: row.payment_id }),
  amount: { value: row.amount_value, currency: row.amount_currency },
  cause: row.cause,
  ...(row.case_id === null ? {} : { caseId: row.case_id }),
  status: row.status,
  ...(row.hint === null ? {} : { hint: row.hint }),
  reason: row.reason,
  ...(row.request_path === null || row.request_body === null
    ? {}
    : { request: { path: row.request_path, body: row.request_body } }),
});
