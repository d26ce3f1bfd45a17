import { z } from 'zod';
import { refundStatusOf } from '../inquiry-refund/answer.js';
import { maybeText, maybeTime, present, SaidAmount, saidId } from '../reading/fields.js';
import { ResultField } from '../results.js';
import { kindOf } from './attempt-body.js';
import { type CaptureNews, type RefundNews } from './news.js';

/** `refundStatus` decides: a result of S says only that the channel took the refund. */
export const RefundNotification = z
  .looseObject({
    result: ResultField,
    refundStatus: maybeText,
    refundRequestId: saidId,
    refundId: saidId,
    refundAmount: SaidAmount,
    refundTime: maybeTime,
  })
  .transform(({ result, refundStatus, refundRequestId, refundId, refundAmount, refundTime }): RefundNews => ({
    kind: refundStatusOf(refundStatus) ?? 'processing',
    refundRequestId,
    refundId,
    amount: refundAmount,
    code: result.code,
    message: result.message,
    ...present({ refundedAt: refundTime }),
  }));

export const CaptureNotification = z
  .looseObject({
    result: ResultField,
    captureRequestId: saidId,
    captureId: saidId,
    paymentId: saidId,
    captureAmount: SaidAmount,
    captureTime: maybeTime,
  })
  .transform(({ result, captureRequestId, captureId, paymentId, captureAmount, captureTime }): CaptureNews => ({
    kind: kindOf(result.status),
    captureRequestId,
    captureId,
    paymentId,
    amount: captureAmount,
    code: result.code,
    message: result.message,
    ...present({ capturedAt: captureTime }),
  }));
