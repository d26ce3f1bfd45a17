import { type PaymentInquiry, type RefundAnswer as AntomRefundAnswer } from '@kasir/antom';
import { type InquiryAnswer, type RefundAnswer } from '../application/provider.js';

/** What Antom says of a payment; its refunds and whatever else it records stand beside the status. */
export function toInquiryAnswer(inquiry: PaymentInquiry): InquiryAnswer {
  if (inquiry.kind !== 'answered') return inquiry;
  const { status, code, message, transactions } = inquiry;
  const records = transactions
    .filter((transaction) => transaction.kind !== 'payment' && transaction.status !== 'failed')
    .map((transaction) => `${transaction.kind} ${transaction.status}`);
  return { kind: 'answered', status, code, message, records };
}

/** A `U` under Antom's signature has been heard; anything else that decides nothing may have been lost on the way. */
export function toRefundAnswer(answer: AntomRefundAnswer): RefundAnswer {
  if (answer.kind === 'accepted') return { kind: 'accepted' };
  if (answer.kind !== 'unknown' || answer.reason !== 'undecided') return answer;
  const [code = '', ...message] = answer.detail.split(': ');
  return { kind: 'processing', code, message: message.join(': ') };
}
