import { advance, type Attempt } from '../domain/attempt.js';
import { inProgressRefusal } from '../domain/attempt-policy.js';
import { endOf, nextTryAt } from '../domain/times.js';
import { factsOf } from './attempt-facts.js';
import { abandonAttempt, rejectAttempt } from './end-attempt.js';
import { type OrderInHand, takeOrder } from './order-in-hand.js';
import { type Lease, type Stores, type Tools, type UnitOfWork } from './ports.js';
import { type SessionAnswer } from './provider.js';

/** Asks Antom once for a leased attempt and keeps what it answered, unless another instance holds the lease by then. */
export async function askForSession(unitOfWork: UnitOfWork, tools: Tools, lease: Lease<Attempt>): Promise<void> {
  if (lease.thing.status === 'waiting') return stopWaiting(unitOfWork, lease);
  const answer: SessionAnswer =
    tools.clock.now() >= lease.thing.notAfter
      ? { kind: 'unknown', reason: 'the buyer waits no longer' }
      : await tools.provider.createSession(lease.thing.request);
  const sealed = answer.kind === 'created' ? await tools.seal(answer.sessionData) : '';
  await unitOfWork.run(lease.causedBy, async (stores) => {
    const order = await takeOrder(stores, lease.thing.orderId);
    const attempt = await stores.attempts.leased(lease);
    if (attempt === undefined) return;
    await record(stores, { order, attempt, lease }, decide(answer, lease, tools.clock.now()), sealed);
  });
}

/** It is not known yet whether the living attempt can be stopped, and the buyer waits no longer. */
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

interface Asked {
  readonly order: OrderInHand;
  readonly attempt: Attempt;
  readonly lease: Lease<Attempt>;
}

async function record(stores: Stores, asked: Asked, decision: Decision, sealed: string): Promise<void> {
  const { attempt, lease } = asked;
  switch (decision.kind) {
    case 'created':
      return created(stores, asked, decision.sessionExpiresAt ?? attempt.sessionExpiresAt, sealed);
    case 'refused':
      return rejectAttempt(stores, attempt, { code: decision.code, message: decision.message });
    case 'abandoned':
      return abandonAttempt(stores, attempt, {
        code: 'provider_silent',
        message:
          'the payment provider gave no answer in time; the buyer cannot pay with this session, so ask for a new one',
      });
    case 'again':
      return stores.attempts.tryAgainAt(lease, decision.at, decision.counts);
  }
}

async function created(
  stores: Stores,
  { order, attempt }: Asked,
  sessionExpiresAt: Date,
  sealed: string,
): Promise<void> {
  const endsAt = endOf(sessionExpiresAt, attempt.bankChoice);
  const moved = advance({ ...attempt, sessionExpiresAt, endsAt }, 'create');
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  const supersedes = supersededIn(order);
  await stores.say({
    type: 'PaymentSessionCreated',
    identity: attempt.paymentSessionId,
    data: {
      orderId: attempt.orderId,
      paymentSessionId: attempt.paymentSessionId,
      ...factsOf(moved.thing),
      encryptedSessionData: sealed,
      ...(supersedes.length === 0 ? {} : { supersedes }),
    },
  });
}

/** As many as the event takes: the last ones of the order may still bring money longest. */
const supersededIn = ({ attempts }: OrderInHand): string[] =>
  attempts
    .filter(({ status }) => status === 'superseded')
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
    .slice(0, 20)
    .map(({ paymentSessionId }) => paymentSessionId);
