import { eventually } from '@kasir/testing';
import { advance, isAnswered, newPaymentSession, type PaymentSession } from '../domain/payment-session.js';
import { Answers } from './answers.js';

const asked = newPaymentSession({
  ...{ id: 'ps_1', orderId: 'ORDER_1', fingerprint: 'cappuccino' },
  amount: { value: '160', currency: 'THB' },
  bankChoice: { region: 'TH' },
  createdAt: new Date('2026-11-22T08:00:00Z'),
  notAfter: new Date('2026-11-22T08:01:00Z'),
});
const paid = advance(asked, 'succeed', { paidAt: asked.createdAt }).thing;

/** What is committed, in memory. */
class Committed {
  session: PaymentSession = asked;
  away = false;
  looks = 0;
  look(ids: readonly string[]): Promise<PaymentSession[]> {
    this.looks += 1;
    if (this.away) return Promise.reject(new Error('away'));
    return Promise.resolve(ids.includes(this.session.id) ? [this.session] : []);
  }
}

describe('who waits for an answer', () => {
  const never = new AbortController().signal;
  const patience = { ms: 60_000, signal: never };
  const waiting = (pollMs = 60_000) => {
    const committed = new Committed();
    const answers = new Answers({ look: (ids) => committed.look(ids), isAnswered, pollMs });
    return { committed, answers };
  };

  it('is told at once when there is one already', async () => {
    const { answers, committed } = waiting();
    expect(await answers.waitFor(paid, patience)).toBe(paid);
    expect(committed.looks).toBe(0);
  });

  it('is woken by news, together with everybody else who waits for the same', async () => {
    const { answers } = waiting();
    const callers = [answers.waitFor(asked, patience), answers.waitFor(asked, patience)];
    answers.tell(paid);
    expect(await Promise.all(callers)).toEqual([paid, paid]);
    answers.close();
  });

  it('goes on waiting when the news was no answer', async () => {
    const { answers } = waiting();
    const caller = answers.waitFor(asked, patience);
    answers.tell(advance(asked, 'pend').thing);
    answers.tell(paid);
    expect(await caller).toBe(paid);
    answers.close();
  });

  it('is not told what a look found when something newer was told meanwhile', async () => {
    const { answers, committed } = waiting(1);
    let found: (sessions: PaymentSession[]) => void = () => undefined;
    const looks: Promise<PaymentSession[]>[] = [];
    committed.look = () => {
      const look = new Promise<PaymentSession[]>((resolve) => (found = resolve));
      looks.push(look);
      return look;
    };
    const seen: string[] = [];
    answers.listen('ps_1', ({ status }) => seen.push(status));
    await eventually(() => expect(looks).toHaveLength(1));
    answers.tell(paid);
    found([asked]);
    await eventually(() => expect(looks).toHaveLength(2));
    expect(seen).toEqual(['succeeded']);
    answers.close();
  });

  it('finds what another instance has heard, and survives a database that was away', async () => {
    const { answers, committed } = waiting(5);
    committed.away = true;
    const caller = answers.waitFor(asked, patience);
    await eventually(() => expect(committed.looks).toBeGreaterThan(1));
    Object.assign(committed, { away: false, session: paid });
    expect(await caller).toBe(paid);
    answers.close();
  });

  it('is let go with what is known when patience ends, when the caller leaves, and when the service stops', async () => {
    const { answers } = waiting();
    expect(await answers.waitFor(asked, { ms: 5, signal: never })).toBe(asked);
    const caller = new AbortController();
    const left = answers.waitFor(asked, { ms: 60_000, signal: caller.signal });
    caller.abort();
    expect(await left).toBe(asked);
    const last = answers.waitFor(asked, { ms: 60_000, signal: never });
    answers.close();
    expect(await last).toBe(asked);
    expect(await answers.waitFor(asked, { ms: 60_000, signal: never })).toBe(asked);
  });

  it('is looked after only while somebody waits', async () => {
    const { answers, committed } = waiting(1);
    const stop = answers.listen('ps_1', () => undefined);
    await eventually(() => expect(committed.looks).toBeGreaterThan(2));
    stop();
    const caller = new AbortController();
    const other = answers.waitFor({ ...asked, id: 'ps_2' }, { ms: 60_000, signal: caller.signal });
    const last = committed.looks;
    const lookedFor: string[] = [];
    committed.look = (ids) => {
      committed.looks += 1;
      lookedFor.push(...ids);
      return Promise.resolve([]);
    };
    await eventually(() => expect(committed.looks).toBeGreaterThan(last + 2));
    expect(new Set(lookedFor)).toEqual(new Set(['ps_2']));
    caller.abort();
    await other;
    answers.close();
  });
});
