import { advance, type Attempt, type AttemptStep } from '../domain/attempt.js';
import { endOf, nextTryAt } from '../domain/times.js';
import { type Lease, type SessionAnswer, type Stores, type Tools, type UnitOfWork } from './ports.js';

/** Asks Antom once for a leased attempt and keeps what it answered, unless somebody else holds the lease by then. */
export async function askForSession(unitOfWork: UnitOfWork, tools: Tools, lease: Lease): Promise<void> {
  const answer: SessionAnswer =
    tools.clock.now() >= lease.attempt.notAfter
      ? { kind: 'unknown', reason: 'nobody waits any longer' }
      : await tools.provider.createSession(lease.attempt.request);
  const sealed = answer.kind === 'created' ? await tools.seal(answer.sessionData) : '';
  await unitOfWork.run(lease.causedBy, async (stores) => {
    const attempt = await stores.attempts.lockLeased(lease);
    if (attempt !== undefined) await record(stores, attempt, lease, decide(answer, lease, tools.clock.now()), sealed);
  });
}

type Decision =
  | Extract<SessionAnswer, { kind: 'created' | 'refused' }>
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'again'; readonly at: Date };

/** A refusal decides only when nothing was asked before: after an unanswered call it may speak of a session that exists. */
function decide(answer: SessionAnswer, { attempt, tries }: Lease, now: Date): Decision {
  if (now >= attempt.notAfter) return { kind: 'abandoned' };
  if (answer.kind === 'created') return answer;
  if (answer.kind === 'refused' && tries === 1) return answer;
  return { kind: 'again', at: nextTryAt(now, tries, attempt.notAfter) };
}

async function record(
  stores: Stores,
  attempt: Attempt,
  lease: Lease,
  decision: Decision,
  sealed: string,
): Promise<void> {
  switch (decision.kind) {
    case 'created':
      return created(stores, attempt, decision.sessionExpiresAt ?? attempt.sessionExpiresAt, sealed);
    case 'refused':
      return end(stores, attempt, 'reject', { stage: 'provider', code: decision.code, message: decision.message });
    case 'abandoned':
      return end(stores, attempt, 'abandon', {
        stage: 'abandoned',
        code: 'provider_silent',
        message: 'the payment provider gave no answer in time; nobody can pay with this session, so ask for a new one',
      });
    case 'again':
      return stores.attempts.tryAgainAt(lease, decision.at);
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
      sealedSessionData: sealed,
      sessionExpiresAt: sessionExpiresAt.toISOString(),
      endsAt: moved.thing.endsAt.toISOString(),
    },
  });
}

async function end(
  stores: Stores,
  attempt: Attempt,
  step: AttemptStep,
  why: { stage: 'provider' | 'abandoned'; code: string; message: string },
): Promise<void> {
  const moved = advance(attempt, step);
  if (moved.kind !== 'moved') return;
  await stores.attempts.save(moved.thing);
  const { orderId, paymentSessionId } = attempt;
  await stores.say({
    type: 'PaymentSessionRejected',
    identity: paymentSessionId,
    data: { orderId, paymentSessionId, ...why },
  });
}
