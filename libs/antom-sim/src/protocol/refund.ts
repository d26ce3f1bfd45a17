import { type Money } from '@kasir/kernel';
import { newAntomId } from '../ids.js';
import { type RefundAccepted, type RefundRefused } from '../state/facts.js';
import { amountOf, type Refund, type Session } from '../state/views.js';
import { type World } from '../state/world.js';
import { antomTime } from '../time/antom-time.js';
import { type Answer, orderNotExist, refused } from './answer.js';
import { methodOfSession } from './cancel.js';
import { at, currency, firstProblem, httpAddress, minorUnits, optional, required, text } from './field-rules.js';
import { success, undecided } from './results.js';

const fieldRules = [
  required('refundRequestId', text(64)),
  required('paymentId', text(64)),
  required('refundAmount.currency', currency),
  required('refundAmount.value', minorUnits),
  optional('refundReason', text(256)),
  optional('referenceRefundId', text(64)),
  optional('refundNotifyUrl', (value) => httpAddress(value) ?? text(1024)(value)),
];

const day = 86_400_000;

/** Our assumption: Antom prints no refund window for a bank method that has refunds. */
const refundWindowMs = 180 * day;

export interface RefundContext {
  readonly world: World;
  readonly now: Date;
  /** The dashboard's address: the request's own one goes before it. */
  readonly notifyUrl: string | undefined;
  /** How long a refund takes whose answer does not yet say how it ends, in milliseconds. */
  readonly takesMs: number;
  readonly endsAs: 'refunded' | 'failed';
}

/** Takes on a refund, finds the one that the same request asked for, or refuses it. */
export function refund(
  body: unknown,
  context: RefundContext,
): { answer: Answer; accepted?: RefundAccepted; refused?: RefundRefused } {
  const problem = firstProblem(body, fieldRules);
  if (problem !== undefined) return { answer: refused('PARAM_ILLEGAL', `Illegal parameters: ${problem}.`) };
  const request = read(body);
  const earlier = context.world.refunds.refund(request.refundRequestId);
  if (earlier !== undefined) return { answer: repeat(earlier, request) };
  const payment = context.world.payments.byPaymentId(request.paymentId);
  if (payment === undefined) return { answer: orderNotExist };
  const problemOf = refusalOf(payment, request, context);
  if (problemOf === undefined) {
    const accepted = accept(payment, request, context);
    return { answer: refundAnswer({ ...accepted, status: 'accepted' }), accepted };
  }
  const [code, message] = problemOf;
  const { refundRequestId, paymentId, amount } = request;
  const fact = { fact: 'refund refused' as const, at: context.now.toISOString() };
  return { answer: refused(code, message), refused: { ...fact, refundRequestId, paymentId, amount, code, message } };
}

/** What the refund call says about a refund that it knows. */
export function refundAnswer({
  status,
  code,
  message,
  refundId,
  refundRequestId,
  paymentId,
  amount,
  decidedAt,
}: Omit<Refund, 'at' | 'paymentRequestId' | 'decidedAs'>): Answer {
  if (status === 'accepted') return { result: undecided('REFUND_IN_PROCESS') };
  if (status !== 'refunded') return refused(code ?? 'PROCESS_FAIL', message ?? 'The refund failed.');
  const refundTime = antomTime(new Date(decidedAt));
  return { result: success, refundId, refundRequestId, paymentId, refundAmount: amount, refundTime };
}

interface RefundRequest {
  readonly refundRequestId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly notifyUrl: string | undefined;
}

function read(body: unknown): RefundRequest {
  const { value, currency: unit } = at(body, 'refundAmount') as Money;
  return {
    refundRequestId: at(body, 'refundRequestId') as string,
    paymentId: at(body, 'paymentId') as string,
    amount: { value, currency: unit },
    notifyUrl: at(body, 'refundNotifyUrl') as string | undefined,
  };
}

const repeat = (earlier: Refund, { amount, paymentId }: RefundRequest): Answer =>
  earlier.amount.value === amount.value &&
  earlier.amount.currency === amount.currency &&
  earlier.paymentId === paymentId
    ? refundAnswer(earlier)
    : refused('REPEAT_REQ_INCONSISTENT', 'Repeated requests are inconsistent.');

function refusalOf(
  payment: Session,
  { amount, paymentId }: RefundRequest,
  { world, now }: RefundContext,
): [string, string] | undefined {
  if (payment.status !== 'paid') return ['ORDER_STATUS_INVALID', 'The order is not paid.'];
  if (methodOfSession(payment).refund === 'never')
    return ['PROCESS_FAIL', 'The payment method does not support refunds.'];
  if (amount.currency !== payment.amount.currency)
    return ['CURRENCY_NOT_SUPPORT', 'The currency is not the one of the payment.'];
  if (now.getTime() > new Date(payment.paidAt!).getTime() + refundWindowMs)
    return ['REFUND_WINDOW_EXCEED', 'The payment can no longer be refunded.'];
  // Each paymentId is a charge of its own, also where one attempt brought two.
  const taken = world.refunds
    .ofPayment(payment.paymentRequestId)
    .filter((refund) => refund.status !== 'failed' && refund.paymentId === paymentId);
  const sum = taken.reduce((total, refund) => total + BigInt(refund.amount.value), BigInt(amount.value));
  return sum > BigInt(amountOf(payment).value)
    ? ['REFUND_AMOUNT_EXCEED', 'The refunds exceed the payment.']
    : undefined;
}

function accept(payment: Session, request: RefundRequest, context: RefundContext): RefundAccepted {
  const { now, takesMs, endsAs } = context;
  const later = methodOfSession(payment).refund === 'later' || endsAs === 'failed';
  const notifyUrl = request.notifyUrl ?? context.notifyUrl;
  return {
    fact: 'refund accepted',
    at: now.toISOString(),
    refundRequestId: request.refundRequestId,
    refundId: newAntomId(now),
    paymentRequestId: payment.paymentRequestId,
    paymentId: request.paymentId,
    amount: request.amount,
    ...(notifyUrl === undefined ? {} : { notifyUrl }),
    decidedAt: new Date(now.getTime() + (later ? takesMs : 0)).toISOString(),
    decidedAs: endsAs,
  };
}
