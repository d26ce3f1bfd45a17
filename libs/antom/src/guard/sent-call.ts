import { type Answer, type FrozenRequest } from '../http/answer.js';

/** One call that was sent, for the log. */
export interface SentCall {
  /** The last part of its path, such as `createPaymentSession`. */
  readonly call: string;
  /** Antom's result code, or why there is none that decides. */
  readonly code: string;
  readonly ms: number;
  readonly paymentRequestId?: string;
  readonly refundRequestId?: string;
}

export function sentCall({ path, body }: FrozenRequest, answer: Answer, ms: number): SentCall {
  const paymentRequestId = /"paymentRequestId":"([^"\\]{1,64})"/.exec(body)?.[1];
  const refundRequestId = /"refundRequestId":"([^"\\]{1,64})"/.exec(body)?.[1];
  return {
    call: path.slice(path.lastIndexOf('/') + 1),
    code: answer.kind === 'unknown' ? answer.reason : answer.result.code,
    ms: Math.round(ms),
    ...(paymentRequestId === undefined ? {} : { paymentRequestId }),
    ...(refundRequestId === undefined ? {} : { refundRequestId }),
  };
}
