import { type DataOf, type SessionRequestEvent } from '@kasir/contracts';
import { type Attempt, type FrozenRequest } from '../domain/attempt.js';
import { refusal } from '../domain/guard.js';
import { type Times, timesOf } from '../domain/times.js';
import { type PaymentProvider, type Stores, type Tools, UnsayableWish } from './ports.js';

type Request = DataOf<SessionRequestEvent, 'PaymentSessionRequested'>;

/** Starts an attempt, or says why none may start. Antom is asked later, outside any transaction. */
export async function requestSession(
  stores: Stores,
  { provider, clock, sessionMs }: Tools,
  request: Request,
): Promise<void> {
  const now = clock.now();
  const earlier = await stores.attempts.lockOrder(request.orderId);
  const notAfter = new Date(request.notAfter);
  const refused = refusal(earlier, { order: request.order, notAfter }, now);
  if (refused !== undefined) return reject(stores, request, refused);
  const times = timesOf(now, sessionMs, new Date(request.order.expiresAt), request.bankChoice);
  const frozen = freeze(provider, request, times);
  if (frozen instanceof UnsayableWish)
    return reject(stores, request, { code: 'invalid_request', message: frozen.message });
  await start(stores, request, { request: frozen, notAfter, ...times }, now);
}

async function start(
  stores: Stores,
  { paymentSessionId, orderId, order, amount, bankChoice }: Request,
  rest: Pick<Attempt, 'request' | 'notAfter' | keyof Times>,
  now: Date,
): Promise<void> {
  await stores.attempts.add({ paymentSessionId, orderId, order, amount, bankChoice, status: 'started', ...rest }, now);
  await stores.say({
    type: 'PaymentAttemptStarted',
    identity: paymentSessionId,
    data: {
      orderId,
      paymentSessionId,
      paymentRequestId: paymentSessionId,
      order,
      amount,
      bankChoice,
      endsAt: rest.endsAt.toISOString(),
    },
  });
}

const reject = (
  stores: Stores,
  { orderId, paymentSessionId }: Request,
  why: { code: string; message: string; livingPaymentSessionId?: string },
): Promise<void> =>
  stores.say({
    type: 'PaymentSessionRejected',
    identity: paymentSessionId,
    data: { orderId, paymentSessionId, stage: 'guard', ...why },
  });

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
