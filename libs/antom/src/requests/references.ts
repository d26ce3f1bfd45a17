import { z } from 'zod';
import { id, plainId } from './fields.js';

/** A payment by our id of the attempt, or by Antom's id of the payment. Antom would take both and heed only its own. */
export type PaymentReference = { readonly paymentRequestId: string } | { readonly paymentId: string };

/** A refund by our id or by Antom's. Antom would take both and heed only its own. */
export type RefundReference = { readonly refundRequestId: string } | { readonly refundId: string };

const exactlyOne = <Fields extends z.ZodRawShape>(reference: Fields, others: z.ZodRawShape) => {
  const names = Object.keys(reference);
  return z
    .strictObject({ ...reference, ...others })
    .refine(
      (fields) => names.filter((name) => (fields as Record<string, unknown>)[name] !== undefined).length === 1,
      `must name exactly one of ${names.join(' and ')}`,
    );
};

export const paymentReference = (others: z.ZodRawShape) =>
  exactlyOne({ paymentRequestId: id.optional(), paymentId: id.optional() }, others);

export const refundReference = (others: z.ZodRawShape) =>
  exactlyOne({ refundRequestId: plainId.optional(), refundId: id.optional() }, others);
