import { type DataOf, type SessionRequestEvent } from '@kasir/contracts';
import { sameMoney } from '@kasir/kernel';
import { type Attempt } from '../domain/attempt.js';
import { judge, type NewAttempt, type Verdict } from '../domain/attempt-policy.js';
import { sealingAt } from '../domain/order-lock.js';
import { timesOf } from '../domain/times.js';
import { abandonAttempt, publishRejected } from './end-attempt.js';
import { takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { InvalidWish, orInvalid, type PaymentProvider } from './provider.js';
import { scheduleCancel } from './schedule-cancel.js';

type Request = DataOf<SessionRequestEvent, 'PaymentSessionRequested'>;

/** Starts an attempt, keeps it waiting, or tells why none may start. Antom is asked later, outside any transaction. */
export async function requestSession(stores: Stores, tools: Tools, request: Request): Promise<void> {
  const now = tools.clock.now();
  const { lock, attempts } = await takeOrder(stores, request.orderId);
  const { order, amount, bankChoice } = request;
  const asked: NewAttempt = { order, amount, bankChoice, notAfter: new Date(request.notAfter) };
  const verdict = judge({ lock, earlier: attempts }, asked, now);
  if (verdict.kind === 'refuse') return publishRejected(stores, request, 'policy', verdict.refusal);
  const notPayable = limitRefusal(tools.provider, request);
  if (notPayable !== undefined) return publishRejected(stores, request, 'policy', notPayable);
  const expiresAt = new Date(order.expiresAt);
  const times = timesOf(now, tools.sessionMs, expiresAt, bankChoice);
  const frozen = orInvalid(() => tools.provider.freeze(wishOf(request, times.sessionExpiresAt)));
  if (frozen instanceof InvalidWish) return publishRejected(stores, request, 'policy', frozen.refusal);
  await stores.orders.save(sealingAt(lock, expiresAt));
  await makeRoom(stores, tools, verdict);
  await add(stores, { ...asked, ...idsOf(request), ...times, request: frozen }, verdict.kind === 'wait', now);
}

const wishOf = (request: Request, sessionExpiresAt: Date) => ({
  ...request,
  description: request.order.description,
  orderAmount: request.order.amount,
  sessionExpiresAt,
});

function limitRefusal(provider: PaymentProvider, { order, amount, bankChoice }: Request) {
  const limit = provider.limitProblem(amount, bankChoice);
  if (limit === undefined) return undefined;
  const field = sameMoney(order.amount, amount) ? 'order.amount' : 'payment.amount';
  const message = `the amount ${limit}`;
  return { code: 'amount_not_payable', message, errors: [{ field, message }] };
}

const idsOf = ({ orderId, paymentSessionId }: Request) => ({ orderId, paymentSessionId });

async function makeRoom(stores: Stores, tools: Tools, verdict: Verdict): Promise<void> {
  if (verdict.kind === 'wait') await scheduleCancel(stores, tools, verdict.living, 'another-choice');
  if (verdict.kind === 'replace')
    await abandonAttempt(stores, verdict.living, {
      code: 'another_choice',
      message: 'the buyer chose another way of paying before the session was opened',
    });
}

/** One that waits is looked at again when its buyer gives up. */
async function add(stores: Stores, asked: Omit<Attempt, 'status' | 'used'>, waits: boolean, now: Date): Promise<void> {
  const status = waits ? 'waiting' : 'started';
  await stores.attempts.add({ ...asked, status, used: false }, waits ? asked.notAfter : now);
}
