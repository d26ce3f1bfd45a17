import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { ResultField } from '../results.js';
import { parseTime } from '../times.js';
import { type AttemptNews } from './news.js';

/** What every kind of notification has. */
export const AnyNotification = z.looseObject({ notifyType: z.string().min(1) });

const time = z.string().optional().catch(undefined).transform(parseTime);

/** Read leniently: fields that we do not know are left alone. */
const PaymentNotification = z.looseObject({
  notifyType: z.enum(['PAYMENT_RESULT', 'PAYMENT_PENDING']),
  result: ResultField,
  paymentRequestId: z.string().min(1).max(64),
  paymentId: z.string().min(1).max(64),
  paymentAmount: z.looseObject({ value: z.string().regex(/^\d{1,32}$/), currency: z.string().min(1).max(8) }),
  paymentCreateTime: time,
  paymentTime: time,
});
type PaymentNotification = z.infer<typeof PaymentNotification>;

export const isPayment = (notifyType: string): boolean =>
  (PaymentNotification.shape.notifyType.options as readonly string[]).includes(notifyType);

/** The news in a payment notification, or the field that makes it unreadable. */
export function readPaymentNews(body: unknown): { news: AttemptNews } | { problem: string } {
  const read = PaymentNotification.safeParse(body);
  if (!read.success) {
    const [first] = read.error.issues;
    return { problem: `${first?.path.join('.') ?? ''}: ${first?.message ?? ''}` };
  }
  return { news: newsOf(read.data) };
}

function newsOf({ paymentAmount, ...body }: PaymentNotification): AttemptNews {
  const amount: Money = { value: paymentAmount.value, currency: paymentAmount.currency };
  const { paymentRequestId, paymentId } = body;
  return {
    kind: kindOf(body),
    paymentRequestId,
    paymentId,
    amount,
    code: body.result.code,
    message: body.result.message,
    ...(body.paymentCreateTime === undefined ? {} : { createdAt: body.paymentCreateTime }),
    ...(body.paymentTime === undefined ? {} : { paidAt: body.paymentTime }),
  };
}

/** PAYMENT_PENDING with S means that the payment is under way. Only PAYMENT_RESULT decides, and only with S or F. */
function kindOf({ notifyType, result }: Pick<PaymentNotification, 'notifyType' | 'result'>): AttemptNews['kind'] {
  if (notifyType === 'PAYMENT_PENDING' || result.status === 'U') return 'pending';
  return result.status === 'S' ? 'succeeded' : 'failed';
}
