import fc from 'fast-check';
import { type Attempt, type AttemptStatus, attemptLife, isLiving } from './attempt.js';
import { judge, type Wish } from './guard.js';
import { type LockStatus } from './order-lock.js';

const now = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const money = (value: string) => ({ value, currency: 'THB' });
const order = { amount: money('160'), description: 'coffee', expiresAt: after(3_600_000).toISOString() };
const app = { category: 'MOBILE_BANKING_APP' as const };

const wish: Wish = { order, amount: order.amount, bankChoice: app, notAfter: after(60_000) };
const attempt = (status: AttemptStatus, change: Partial<Attempt> = {}): Attempt => ({
  ...wish,
  paymentSessionId: 'ps_1',
  orderId: 'O-1',
  status,
  stopped: false,
  used: false,
  request: { path: '', body: '' },
  sessionExpiresAt: after(600_000),
  endsAt: after(3_600_000),
  ...change,
});
const open = { orderId: 'O-1', status: 'open' } as const;
const codeOf = (lock: LockStatus, earlier: readonly Attempt[], asked = wish) => {
  const verdict = judge({ lock: { orderId: 'O-1', status: lock }, earlier }, asked, now);
  return verdict.kind === 'refuse' ? verdict.refusal.code : verdict.kind;
};

describe('the guard', () => {
  it.each([
    ['lets the first attempt start', 'open', [], wish, 'start'],
    ['lets one start after others have ended', 'open', [attempt('expired'), attempt('cancelled')], wish, 'start'],
    ['lets one start once a cancel was answered', 'open', [attempt('created', { stopped: true })], wish, 'start'],
    ['lets one start beside a superseded one', 'open', [attempt('superseded')], wish, 'start'],
    ['hands out the living session again', 'open', [attempt('created')], wish, 'session_lives'],
    ['waits for one whose session is over', 'open', [attempt('created', { sessionExpiresAt: now })], wish, 'wait'],
    ['refuses the same while it is being opened', 'open', [attempt('started')], wish, 'attempt_in_progress'],
    [
      'refuses a third',
      'open',
      [attempt('created', { bankChoice: {} }), attempt('waiting')],
      wish,
      'attempt_in_progress',
    ],
    ['waits for one by another way', 'open', [attempt('created', { bankChoice: { region: 'TH' } })], wish, 'wait'],
    ['waits for one of another amount', 'open', [attempt('created', { amount: money('150') })], wish, 'wait'],
    ['replaces one that is being opened', 'open', [attempt('started', { bankChoice: {} })], wish, 'replace'],
    ['refuses a paid order', 'paid', [], wish, 'order_paid'],
    ['refuses a sealed order', 'sealed', [], wish, 'order_closed'],
    ['refuses an order under review', 'under-review', [], wish, 'order_under_review'],
    ['refuses a late wish', 'open', [], { ...wish, notAfter: now }, 'too_late'],
    [
      'refuses another price',
      'open',
      [attempt('expired', { order: { ...order, amount: money('1') } })],
      wish,
      'order_amount_changed',
    ],
  ] as const)('%s', (_, lock, earlier, asked, expected) => {
    expect(codeOf(lock, earlier, asked)).toBe(expected);
  });

  it('hands out no session that is being cancelled', () => {
    const living = attempt('created');
    expect(judge({ lock: open, earlier: [living], leaving: living }, wish, now).kind).toBe('wait');
  });

  it.each([
    [0, 'order_expired'],
    [59_999, 'order_expires_too_soon'],
    [60_000, 'start'],
  ])('looks at the time that is left of the order: %i ms, %s', (leftMs, expected) => {
    expect(codeOf('open', [], { ...wish, order: { ...order, expiresAt: after(leftMs).toISOString() } })).toBe(expected);
  });

  it('never lets one start while another one lives, whatever has happened before', () => {
    const status = fc.constantFrom(...(Object.keys(attemptLife.why) as AttemptStatus[]));
    const earlier = fc.array(
      fc
        .record({ status, stopped: fc.boolean(), used: fc.boolean() })
        .map(({ used, ...rest }) =>
          attempt(rest.status, { stopped: rest.stopped, bankChoice: used ? app : { region: 'TH' } }),
        ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(earlier, fc.constantFrom<LockStatus>('open', 'under-review', 'sealed', 'paid'), (attempts, lock) => {
        const verdict = judge({ lock: { ...open, status: lock }, earlier: attempts }, wish, now);
        if (lock !== 'open') expect(verdict.kind).toBe('refuse');
        if (attempts.some(isLiving)) expect(verdict.kind).not.toBe('start');
      }),
    );
  });
});
