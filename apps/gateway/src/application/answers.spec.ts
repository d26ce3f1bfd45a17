import { eventually } from '@kasir/testing';
import { advance, newPaymentSession, type PaymentSession } from '../domain/payment-session.js';
import { Answers } from './answers.js';

const asked = newPaymentSession({
  id: 'ps_1',
  orderId: 'ORDER_1',
  amount: { value: '160', currency: 'THB' },
  bankChoice: { region: 'TH' },
  createdAt: new Date('2026-11-22T08:00:00Z'),
});
const paid = advance(asked, 'succeed', { paidAt: asked.createdAt }).thing;

/** What is committed, in memory. */
class Committed {
  session: PaymentSession = asked;
  away = false;
  looks = 0;
  sessions(ids: readonly string[]): Promise<PaymentSession[]> {
    this.looks += 1;
    if (this.away) return Promise.reject(new Error('away'));
    return Promise.resolve(ids.includes(this.session.id) ? [this.session] : []);
  }
  sessionAfterChange(id: string): Promise<PaymentSession | undefined> {
    return this.sessions([id]).then(([session]) => session);
  }
}

describe('who waits for an answer', () => {
  const never = new AbortController().signal;
  const patience = { ms: 5_000, signal: never };
  const waiting = (pollMs = 60_000) => {
    const committed = new Committed();
    const answers = new Answers(committed, pollMs);
    return { committed, answers };
  };

  it('is told at once when there is one already', async () => {
    const { answers, committed } = waiting();
    expect(await answers.waitFor(paid, patience)).toBe(paid);
    expect(committed.looks).toBe(0);
  });

  it('is woken by news, together with everybody else who waits for the same', async () => {
    const { answers, committed } = waiting();
    const callers = [answers.waitFor(asked, patience), answers.waitFor(asked, patience)];
    committed.session = paid;
    await answers.wake('ps_1');
    expect(await Promise.all(callers)).toEqual([paid, paid]);
    answers.close();
  });

  it('goes on waiting when the news was no answer', async () => {
    const { answers, committed } = waiting();
    const caller = answers.waitFor(asked, patience);
    committed.session = advance(asked, 'pend').thing;
    await answers.wake('ps_1');
    committed.session = paid;
    await answers.wake('ps_1');
    expect(await caller).toBe(paid);
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
    await answers.waitFor(asked, { ms: 20, signal: never });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { looks } = committed;
    await answers.wake('ps_1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(committed.looks).toBe(looks);
  });
});
