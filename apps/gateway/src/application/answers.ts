import { isAnswered, type PaymentSession } from '../domain/payment-session.js';
import { type ReadModel } from './ports.js';

export interface Patience {
  /** in milliseconds */
  readonly ms: number;
  /** Raised when nobody waits any longer. */
  readonly signal: AbortSignal;
}

type Waiter = (session?: PaymentSession) => void;

/**
 * Holds callers until their session is answered. This instance's own consumer wakes them; a look at the database every now
 * and then finds what other instances have heard.
 */
export class Answers {
  private readonly waiters = new Map<string, Set<Waiter>>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly readModel: Pick<ReadModel, 'sessions' | 'sessionAfterChange'>,
    private readonly pollMs = 200,
  ) {}

  /** The session once it is answered, or as it was when patience or the service ended. Never rejects. */
  async waitFor(session: PaymentSession, { ms, signal }: Patience): Promise<PaymentSession> {
    if (isAnswered(session) || ms === 0 || this.closed || signal.aborted) return session;
    return new Promise((resolve) => {
      const waiter: Waiter = (answered = session) => {
        clearTimeout(deadline);
        signal.removeEventListener('abort', giveUp);
        this.forget(session.id, waiter);
        resolve(answered);
      };
      const giveUp = () => waiter();
      const deadline = setTimeout(giveUp, ms);
      signal.addEventListener('abort', giveUp, { once: true });
      this.remember(session.id, waiter);
    });
  }

  /** News of a session is being committed. Resolves after the look at what came of it; never rejects. */
  async wake(id: string): Promise<void> {
    if (!this.waiters.has(id)) return;
    const session = await this.readModel.sessionAfterChange(id).catch(() => undefined);
    if (session !== undefined) this.tell([session]);
  }

  /** Lets everybody go with what is known; from now on nobody waits. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const waiter of [...this.waiters.values()].flatMap((set) => [...set])) waiter();
  }

  private remember(id: string, waiter: Waiter): void {
    const others = this.waiters.get(id);
    if (others === undefined) this.waiters.set(id, new Set([waiter]));
    else others.add(waiter);
    this.pollSoon();
  }

  private pollSoon(): void {
    if (this.waiters.size > 0 && !this.closed) this.timer ??= setTimeout(() => void this.poll(), this.pollMs);
  }

  private forget(id: string, waiter: Waiter): void {
    const others = this.waiters.get(id);
    others?.delete(waiter);
    if (others?.size === 0) this.waiters.delete(id);
  }

  private async poll(): Promise<void> {
    // A database that is away ends nobody's waiting: the session itself is safe.
    if (this.waiters.size > 0) this.tell(await this.readModel.sessions([...this.waiters.keys()]).catch(() => []));
    this.timer = undefined;
    this.pollSoon();
  }

  private tell(sessions: readonly PaymentSession[]): void {
    for (const session of sessions.filter(isAnswered))
      for (const waiter of this.waiters.get(session.id) ?? []) waiter(session);
  }
}
