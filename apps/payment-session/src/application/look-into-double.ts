import { mostRefundTries, nextRefundAt, type Refund } from '../domain/refund.js';
import { admitRefund } from './admit-refund.js';
import { type Evidence } from './evidence.js';
import { withRefund } from './leased-refund.js';
import { paymentOf } from './payment-of.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type InquiryAnswer, type PaymentProvider } from './provider.js';
import { rejectRefund } from './reject-refund.js';

/** Both payments have to stand, and Antom must have given nothing of them back: else a person decides. */
export async function lookIntoDouble(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Refund>): Promise<void> {
  const answers = await inquireBoth(tools.provider, lease.thing);
  await withRefund(unitOfWork, lease, (stores, refund) => decide(stores, tools, refund, lease, answers));
}

interface Both {
  readonly extra: InquiryAnswer;
  readonly kept: InquiryAnswer;
}

async function inquireBoth(provider: PaymentProvider, refund: Refund): Promise<Both> {
  const [extra, kept] = await Promise.all([
    provider.inquire({ paymentId: refund.paymentId ?? '' }),
    provider.inquire({ paymentRequestId: refund.keptPaymentSessionId ?? '' }),
  ]);
  return { extra, kept };
}

async function decide(
  stores: Stores,
  tools: Tools,
  refund: Refund,
  lease: Lease<Refund>,
  { extra, kept }: Both,
): Promise<void> {
  const evidence = { extra: inWords(extra), kept: inWords(kept) };
  const silent = [extra, kept].find((answer) => answer.kind === 'unknown');
  if (silent !== undefined) return lookAgain(stores, tools, refund, { lease, silent, evidence });
  if (!stands(extra) || !stands(kept)) {
    const message = 'Antom says that one of the payments does not stand, or that something was given back';
    return rejectRefund(stores, refund, { code: 'double_unclear', message }, evidence);
  }
  const attempt = (await stores.attempts.ofOrder(refund.orderId)).find(
    ({ paymentSessionId }) => paymentSessionId === refund.paymentSessionId,
  );
  if (attempt === undefined) return;
  const payment = await paymentOf(stores, attempt, refund);
  if (payment !== undefined) await admitRefund(stores, tools, { attempt, payment }, refund);
}

interface Silence {
  readonly lease: Lease<Refund>;
  readonly silent: Extract<InquiryAnswer, { kind: 'unknown' }>;
  readonly evidence: Evidence;
}

function lookAgain(
  stores: Stores,
  { clock }: Tools,
  refund: Refund,
  { lease, silent, evidence }: Silence,
): Promise<void> {
  const counts = silent.sent !== false;
  if (!counts || lease.tries < mostRefundTries)
    return stores.refunds.tryAgainAt(lease, nextRefundAt(clock.now(), lease.tries), counts);
  const why = { code: 'no_answer', message: 'Antom does not say how the payments stand' };
  return rejectRefund(stores, refund, why, evidence);
}

const stands = (answer: InquiryAnswer): boolean =>
  answer.kind === 'answered' && answer.status === 'succeeded' && answer.records.length === 0;

const inWords = (answer: InquiryAnswer): string =>
  answer.kind === 'answered' ? [answer.status, ...answer.records].join(', ') : answer.kind;
