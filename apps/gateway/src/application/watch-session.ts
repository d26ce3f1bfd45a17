import { isClosed, type PaymentSession } from '../domain/payment-session.js';
import { type Answers } from './answers.js';

export interface Watching {
  readonly first: PaymentSession;
  /** Raised when nobody watches any longer. */
  readonly signal: AbortSignal;
}

/**
 * The session as it was first, then as it is after each change, until nothing more can come of it, nobody watches or the
 * service stops. Where changes come faster than they are taken, only the latest is given.
 */
export async function* watchSession(
  changes: Answers<PaymentSession>,
  { first, signal }: Watching,
): AsyncGenerator<PaymentSession> {
  const box = new Mailbox(first);
  const end = AbortSignal.any([signal, changes.closed]);
  const close = () => box.close();
  const stop = changes.listen(first.id, (session) => box.put(session));
  end.addEventListener('abort', close, { once: true });
  if (end.aborted) close();
  try {
    for (let said = '', session = await box.take(); session !== undefined; session = await box.take()) {
      const text = JSON.stringify(session);
      if (text !== said) yield session;
      if (isClosed(session)) return;
      said = text;
    }
  } finally {
    stop();
    end.removeEventListener('abort', close);
  }
}

/** Holds the latest piece of news for one who takes it when he is ready. */
class Mailbox<News> {
  private closed = false;
  private wake: () => void = () => undefined;
  constructor(private latest: News | undefined) {}

  put(news: News): void {
    this.latest = news;
    this.wake();
  }

  close(): void {
    this.closed = true;
    this.wake();
  }

  /** Waits for news. @returns undefined once there is none and the box is closed */
  async take(): Promise<News | undefined> {
    if (this.latest === undefined && !this.closed) await new Promise<void>((resolve) => (this.wake = resolve));
    const news = this.latest;
    this.latest = undefined;
    return news;
  }
}
