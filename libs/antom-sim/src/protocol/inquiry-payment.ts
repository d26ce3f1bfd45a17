import { amountOf, type Refund, type Session } from '../state/views.js';
import { type World } from '../state/world.js';
import { antomTime } from '../time/antom-time.js';
import { type Answer, orderNotExist, refused } from './answer.js';
import { at, firstProblem, optional, text } from './field-rules.js';
import { success } from './results.js';

const fieldRules = [optional('paymentId', text(64)), optional('paymentRequestId', text(64))];

/** The payment that a call means, a `paymentId` before a `paymentRequestId`; a session without one is none. */
export function findPayment(body: unknown, world: World): Session | undefined {
  const [paymentId, paymentRequestId] = [at(body, 'paymentId'), at(body, 'paymentRequestId')];
  const found =
    typeof paymentId === 'string' && paymentId !== ''
      ? world.payments.byPaymentId(paymentId)
      : world.payments.session(String(paymentRequestId));
  return found?.paymentId === undefined ? undefined : found;
}

/** What is wrong with a call that has to name a payment. */
export function namingProblem(body: unknown): string | undefined {
  const named = [at(body, 'paymentId'), at(body, 'paymentRequestId')].some((id) => id !== undefined && id !== '');
  return named ? firstProblem(body, fieldRules) : 'paymentRequestId or paymentId is missing';
}

/** Tells how a payment stands: `result` says only that it could be told. */
export function inquiryPayment(body: unknown, world: World, fault?: 'stale' | 'not found'): Answer {
  const problem = namingProblem(body);
  if (problem !== undefined) return refused('PARAM_ILLEGAL', `Illegal parameters: ${problem}.`);
  const payment = findPayment(body, world);
  if (payment === undefined || fault === 'not found') return orderNotExist;
  const seen =
    fault === 'stale' ? told({ ...payment, status: 'submitted' }, []) : told(payment, transactions(payment, world));
  return { result: success, ...seen };
}

const statuses: Readonly<Record<Session['status'], string>> = {
  open: 'PROCESSING',
  submitted: 'PROCESSING',
  pending: 'PENDING',
  paid: 'SUCCESS',
  refused: 'FAIL',
  'timed out': 'FAIL',
  cancelled: 'CANCELLED',
};

function told(payment: Session, history: readonly object[]): object {
  const { status, code, paymentRequestId, paymentId, amount, submittedAt, paidAt, method, metadata } = payment;
  const decided = status === 'submitted' ? 'PAYMENT_IN_PROCESS' : code;
  return {
    paymentStatus: statuses[status],
    paymentResultCode: decided,
    paymentResultMessage: decided === 'SUCCESS' ? 'success.' : decided,
    paymentRequestId,
    paymentId,
    paymentAmount: status === 'submitted' ? amount : amountOf(payment),
    paymentCreateTime: antomTime(new Date(submittedAt!)),
    ...(paidAt === undefined || status === 'submitted' ? {} : { paymentTime: antomTime(new Date(paidAt)) }),
    paymentMethodType: method,
    ...(metadata === undefined ? {} : { metadata }),
    ...(history.length === 0 ? {} : { transactions: history }),
  };
}

/** Refunds and cancels; Antom lists them only where there are any. */
function transactions(payment: Session, world: World): object[] {
  const refunds = world.refunds.ofPayment(payment.paymentRequestId).map(refundTransaction);
  return payment.status === 'cancelled' ? [...refunds, cancelTransaction(payment)] : refunds;
}

const refundStatuses = { accepted: 'PROCESSING', refunded: 'SUCCESS', failed: 'FAIL', refused: 'FAIL' } as const;

function refundTransaction({ refundId, refundRequestId, amount, status, code, decidedAt, at: acceptedAt }: Refund) {
  const resultStatus = { accepted: 'U', refunded: 'S', failed: 'F', refused: 'F' }[status];
  const resultCode = code ?? 'REFUND_IN_PROCESS';
  return {
    transactionType: 'REFUND',
    transactionStatus: refundStatuses[status],
    transactionId: refundId,
    transactionRequestId: refundRequestId,
    transactionAmount: amount,
    transactionTime: antomTime(new Date(status === 'accepted' ? acceptedAt : decidedAt)),
    transactionResult: { resultCode, resultStatus, resultMessage: resultCode },
  };
}

const cancelTransaction = ({ paymentId, paymentRequestId, decidedAt, ...payment }: Session) => ({
  transactionType: 'CANCEL',
  transactionStatus: 'SUCCESS',
  transactionId: paymentId,
  transactionRequestId: paymentRequestId,
  transactionAmount: amountOf(payment),
  transactionTime: antomTime(new Date(decidedAt!)),
  transactionResult: success,
});
