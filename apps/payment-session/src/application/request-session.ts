import { type DataOf, type SessionRequestEvent } from '@kasir/contracts';
import { type Attempt, type FrozenRequest, isLiving } from '../domain/attempt.js';
import { judge, type Verdict, type Wish } from '../domain/guard.js';
import { sealingAt } from '../domain/order-lock.js';
import { type Times, timesOf } from '../domain/times.js';
import { abandonAttempt, sayRejected } from './end-attempt.js';
import { takeOrder } from './order-in-hand.js';
import { type Stores, type Tools } from './ports.js';
import { type PaymentProvider, UnsayableWish } from './provider.js';
import { wantCancel } from './want-cancel.js';

type Request = DataOf<SessionRequestEvent, 'PaymentSessionRequested'>;

/** Starts an attempt, keeps it waiting, or says why none may start. Antom is asked later, outside any transaction. */
export async function requestSession(stores: Stores, tools: Tools, request: Request): Promise<void> {
  const now = tools.clock.now();
  const { lock, attempts } = await takeOrder(stores, request.orderId);
  const { order, amount, bankChoice } = request;
  const wish: Wish = { order, amount, bankChoice, notAfter: new Date(request.notAfter) };
  const verdict = judge({ lock, earlier: attempts, leaving: await leavingOne(stores, attempts) }, wish, now);
  if (verdict.kind === 'refuse') return sayRejected(stores, request, 'policy', verdict.refusal);
  const limit = tools.provider.limitProblem(amount, bankChoice);
  if (limit !== undefined)
    return sayRejected(stores, request, 'policy', { code: 'amount_not_payable', message: `the amount ${limit}` });
  const expiresAt = new Date(order.expiresAt);
  const times = timesOf(now, tools.sessionMs, expiresAt, bankChoice);
  const frozen = freeze(tools.provider, request, times);
  if (frozen instanceof UnsayableWish)
    return sayRejected(stores, request, 'policy', { code: 'invalid_request', message: frozen.message });
  await stores.orders.save(sealingAt(lock, expiresAt));
  await makeRoom(stores, tools, verdict);
  await add(stores, { ...wish, ...idsOf(request), ...times, request: frozen }, verdict.kind === 'wait', now);
}

/** A living attempt that somebody wants cancelled is handed out to nobody any more. */
async function leavingOne({ cancels }: Stores, attempts: readonly Attempt[]): Promise<Attempt | undefined> {
  const living = attempts.find(isLiving);
  if (living === undefined) return undefined;
  return (await cancels.of(living.paymentSessionId))?.status === 'wanted' ? living : undefined;
}

const idsOf = ({ orderId, paymentSessionId }: Request) => ({ orderId, paymentSessionId });

async function makeRoom(stores: Stores, tools: Tools, verdict: Verdict): Promise<void> {
  if (verdict.kind === 'wait') await wantCancel(stores, tools, verdict.living, 'another-choice');
  if (verdict.kind === 'replace')
    await abandonAttempt(stores, verdict.living, {
      code: 'another_choice',
      message: 'the buyer chose another way of paying before the session was opened',
    });
}

/** One that waits is looked at again when its buyer gives up. */
async function add(
  stores: Stores,
  wanted: Omit<Attempt, 'status' | 'stopped' | 'used'>,
  waits: boolean,
  now: Date,
): Promise<void> {
  const status = waits ? 'waiting' : 'started';
  await stores.attempts.add({ ...wanted, status, stopped: false, used: false }, waits ? wanted.notAfter : now);
}

function freeze(
  provider: PaymentProvider,
  request: Request,
  { sessionExpiresAt }: Times,
): FrozenRequest | UnsayableWish {
  try {
    return provider.freeze({
      ...request,
      description: request.order.description,
      orderAmount: request.order.amount,
      sessionExpiresAt,
    });
  } catch (error) {
    if (error instanceof UnsayableWish) return error;
    throw error;
  }
}
