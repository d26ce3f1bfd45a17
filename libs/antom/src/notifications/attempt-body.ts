import { z } from 'zod';
import { maybeText, maybeTime, present, SaidAmount, saidId } from '../reading/fields.js';
import { ResultField, type ResultStatus } from '../results.js';
import { type AmountNews, type AttemptNews } from './news.js';

const payment = { result: ResultField, paymentRequestId: saidId, paymentId: saidId, paymentAmount: SaidAmount };

/** Read leniently, as all of them: fields that we do not know are left alone. */
export const PaymentNotification = z
  .looseObject({ notifyType: z.string(), ...payment, paymentCreateTime: maybeTime, paymentTime: maybeTime })
  .transform(({ notifyType, result, paymentRequestId, paymentId, paymentAmount, ...times }): AttemptNews => ({
    kind: notifyType === 'PAYMENT_PENDING' ? 'pending' : kindOf(result.status),
    paymentRequestId,
    paymentId,
    amount: paymentAmount,
    code: result.code,
    message: result.message,
    ...present({ createdAt: times.paymentCreateTime, paidAt: times.paymentTime }),
  }));

export const AmountNotification = z
  .looseObject({ ...payment, updateRequestId: maybeText })
  .transform(({ result, paymentRequestId, paymentId, paymentAmount, updateRequestId }): AmountNews => ({
    kind: kindOf(result.status),
    paymentRequestId,
    paymentId,
    amount: paymentAmount,
    code: result.code,
    message: result.message,
    ...present({ updateRequestId }),
  }));

/** PAYMENT_PENDING with S means that the payment is under way: elsewhere S and F decide, and everything else does not. */
export const kindOf = (status: ResultStatus): 'succeeded' | 'failed' | 'pending' => {
  if (status === 'U') return 'pending';
  return status === 'S' ? 'succeeded' : 'failed';
};
