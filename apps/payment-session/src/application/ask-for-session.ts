import { advance, type Attempt } from '../domain/attempt.js';
import { inProgressRefusal } from '../domain/guard.js';
import { endOf, nextTryAt } from '../domain/times.js';
import { factsOf } from './attempt-facts.js';
import { abandonAttempt, rejectAttempt } from './end-attempt.js';
import { takeOrder } from './order-in-hand.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type SessionAnswer } from './provider.js';

/** Asks Antom once for a leased attempt and keeps what it answered, unless somebody else holds the lease by then. */
export async function askForSession(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Attempt>): Promise<void> {
  if (lease.thing.status === 'waiting') return stopWaiting(unitOfWork, lease);
  const answer: SessionAnswer =
    tools.clock.now() >= lease.thing.notAfter
      ? { kind: 'unknown', reason: 'nobody waits any longer' }
      : await tools.provider.createSession(lease.thing.request);
  const sealed = answer.kind === 'created' ? await tools.seal(answer.sessionData) : '';
  await unitOfWork.run(lease.causedBy, async (stores) => {
    await stores.orders.lock(lease.thing.orderId);
    const attempt = await stores.attempts.leased(lease);
    if (attempt !== undefined) await record(stores, attempt, lease, decide(answer, lease, tools.clock.now()), sealed);
  });
}

/** Nobody knows yet whether the living attempt can be stopped, and the buyer waits no longer. */
const stopWaiting = (unitOfWork: UnitOfWork, lease: Lease<Attempt>): Promise<void> =>
  unitOfWork.run(lease.causedBy, async (stores) => {
    const { attempts } = await takeOrder(stores, lease.thing.orderId);
    const attempt = await stores.attempts.leased(lease);
    const living = attempts.find(({ status }) => status === 'created');
    if (attempt?.status === 'waiting')
      await rejectAttempt(stores, attempt, inProgressRefusal(living?.paymentSessionId ?? attempt.paymentSessionId));
  });

type Decision =
  | Extract<SessionAnswer, { kind: 'created' | 'refused' }>
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'again'; readonly at: Date; readonly counts: boolean };

/** A refusal decides only when nothing was asked before: after an unanswered call it may speak of a session that exists. */
function decide(answer: SessionAnswer, { thing: { notAfter }, tries }: Lease<Attempt>, now: Date): Decision {
  if (now >= notAfter) return { kind: 'abandoned' };
  if (answer.kind === 'created') return answer;
  if (answer.kind === 'refused' && tries === 1) return answer;
  const counts = answer.kind === 'refused' || answer.sent !== false;
  return { kind: 'again', at: nextTryAt(now, tries, notAfter), counts };
}

async function record(
  stores: Stores,
  attempt: Attempt,
  lease: Lease<Attempt>,
  decision: Decision,
  sealed: string,
): Promise<void> {
  switch (decision.kind) {
    case 'created':
      return created(stores, attempt, decision.sessionExpiresAt ?? attempt.sessionExpiresAt, sealed);
    case 'refused':
      return rejectAttempt(stores, attempt, { code: decision.code, message: decision.message });
    case 'abandoned':
      return abandonAttempt(stores, attempt, {
        code: 'provider_silent',
        message: 'the payment provider gave no answer in time; nobody can pay with this session, so ask for a new one',
      });
    case 'again':
      return stores.attempts.tryAgainAt(lease, decision.at, decision.counts);
  }
}

async function created(stores: Stores, attempt: Attempt, sessionExpiresAt: Date, sealed: string): Promise<void> {
  const moved = advance(
    { ...attempt, sessionExpiresAt, endsAt: endOf(sessionExpiresAt, attempt.bankChoice) },
    'create',
  );
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  await stores.say({
    type: 'PaymentSessionCreated',
    identity: attempt.paymentSessionId,
    data: {
      orderId: attempt.orderId,
      paymentSessionId: attempt.paymentSessionId,
      paymentRequestId: attempt.paymentSessionId,
      ...factsOf(moved.thing),
      encryptedSessionData: sealed,
      sessionExpiresAt: sessionExpiresAt.toISOString(),
    },
  });
}
