import { isClosed, type PaymentSession } from '../domain/payment-session.js';
import { type Answers } from './answers.js';

export interface Watching {
  readonly first: PaymentSession;
  /** Raised when the caller watches no longer. */
  readonly signal: AbortSignal;
}

/**
 * The session as it was first, then as it is after each change, until nothing more can come of it, the caller leaves or the
 * service stops. Where changes come faster than they are taken, only the latest is given.
 */
export async function* watchSession(
  changes: Answers<PaymentSession>,
  { first, signal }: Watching,
): AsyncGenerator<PaymentSession> {
  const end = AbortSignal.any([signal, changes.closed]);
  let latest: PaymentSession | undefined = first;
  let wake = (): void => undefined;
  const wakeUp = () => wake();
  const stop = changes.listen(first.id, (session) => {
    latest = session;
    wake();
  });
  end.addEventListener('abort', wakeUp, { once: true });
  try {
    for (let shown = ''; ;) {
      if (latest === undefined && !end.aborted) await new Promise<void>((resolve) => (wake = resolve));
      const session: PaymentSession | undefined = latest;
      latest = undefined;
      if (session === undefined) return;
      const text = JSON.stringify(session);
      if (text !== shown) yield session;
      if (isClosed(session)) return;
      shown = text;
    }
  } finally {
    stop();
    end.removeEventListener('abort', wakeUp);
  }
}
