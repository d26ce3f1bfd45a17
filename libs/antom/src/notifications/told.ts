import { z } from 'zod';
import { firstProblem } from '../reading/fields.js';
import { AmountNotification, PaymentNotification } from './attempt-body.js';
import { DisputeNotification } from './dispute-body.js';
import { type Told } from './notification.js';
import { CaptureNotification, RefundNotification } from './refund-body.js';

type Reader = (body: unknown, notifyType: string) => Told | { readonly problem: string };

const reader =
  <News>(schema: z.ZodType<News>, told: (notifyType: string, news: News) => Told): Reader =>
  (body, notifyType) => {
    const read = schema.safeParse(body);
    return read.success ? told(notifyType, read.data) : { problem: firstProblem(read.error) };
  };

const attempt = reader(PaymentNotification, (notifyType, news) => ({ kind: 'attempt', notifyType, news }));
const dispute = reader(DisputeNotification, (notifyType, news) => ({ kind: 'dispute', notifyType, news }));

const readers: ReadonlyMap<string, Reader> = new Map([
  ['PAYMENT_RESULT', attempt],
  ['PAYMENT_PENDING', attempt],
  ['REFUND_RESULT', reader(RefundNotification, (notifyType, news) => ({ kind: 'refund', notifyType, news }))],
  ['CAPTURE_RESULT', reader(CaptureNotification, (notifyType, news) => ({ kind: 'capture', notifyType, news }))],
  ['UPDATE_AMOUNT_RESULT', reader(AmountNotification, (notifyType, news) => ({ kind: 'amount', notifyType, news }))],
]);

const AnyNotification = z.looseObject({ notifyType: z.string().min(1) });
/** Antom's sample of a dispute has no `notifyType`. */
const AnyDispute = z.looseObject({ disputeNotificationType: z.string().min(1) });

/** What a proven notification says, or the field that makes it unreadable. A type of tomorrow is kept by its name. */
export function readBody(body: unknown): Told | { readonly problem: string } {
  const anyDispute = AnyDispute.safeParse(body);
  if (anyDispute.success) return dispute(body, anyDispute.data.disputeNotificationType);
  const any = AnyNotification.safeParse(body);
  if (!any.success) return { problem: 'the body is not JSON with a notifyType or a disputeNotificationType' };
  const { notifyType } = any.data;
  return readers.get(notifyType)?.(body, notifyType) ?? { kind: 'other', notifyType };
}
