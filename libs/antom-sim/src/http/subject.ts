import { type Money } from '@kasir/kernel';
import { readBank } from '../protocol/bank.js';
import { at, isObject } from '../protocol/field-rules.js';
import { findPayment } from '../protocol/inquiry-payment.js';
import { type Subject } from '../rules/rules.js';
import { type World } from '../state/world.js';

/** The payment that a call is about, known or not. */
export function subjectOf(body: unknown, world: World): Subject {
  const known = findPayment(body, world) ?? refunded(body, world);
  if (known !== undefined) return known;
  const bank = readBank(at(body, 'paymentMethod.paymentMethodMetaData'));
  const amount = at(body, 'paymentAmount');
  return {
    paymentRequestId: String(at(body, 'paymentRequestId') ?? ''),
    bank: typeof bank === 'string' ? {} : bank,
    amount: isObject(amount) ? (amount as unknown as Money) : undefined,
  };
}

function refunded(body: unknown, { payments, refunds }: World): Subject | undefined {
  const refund =
    refunds.byRefundId(String(at(body, 'refundId'))) ?? refunds.refund(String(at(body, 'refundRequestId')));
  return payments.session(refund?.paymentRequestId ?? '');
}
