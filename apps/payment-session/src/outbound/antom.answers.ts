import { type PaymentInquiry, type RefundAnswer as AntomRefundAnswer } from '@kasir/antom';
import { type InquiryAnswer, type RefundAnswer } from '../application/provider.js';

export function toInquiryAnswer(inquiry: PaymentInquiry): InquiryAnswer {
  if (inquiry.kind !== 'answered') return inquiry;
  const { status, code, message } = inquiry;
  return { kind: 'answered', status, code, message };
}

/** A `U` under Antom's signature has been heard; anything else that decides nothing may have been lost on the way. */
export function toRefundAnswer(answer: AntomRefundAnswer): RefundAnswer {
  if (answer.kind === 'accepted') return { kind: 'accepted' };
  if (answer.kind !== 'unknown' || answer.reason !== 'undecided') return answer;
  const [code = '', ...message] = answer.detail.split(': ');
  return { kind: 'processing', code, message: message.join(': ') };
}
