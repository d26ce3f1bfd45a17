import fc from 'fast-check';
import { type Attempt, type AttemptStatus, attemptLife, isLiving } from './attempt.js';
import { judge, type NewAttempt } from './attempt-policy.js';
import { type LockStatus } from './order-lock.js';

const now = new Date('2026-01-01T00:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const money = (value: string) => ({ value, currency: 'THB' });
const order = { amount: money('160'), description: 'coffee', expiresAt: after(3_600_000).toISOString() };
const app = { category: 'MOBILE_BANKING_APP' as const };

const asked: NewAttempt = { order, amount: order.amount, bankChoice: app, notAfter: after(60_000) };
const attempt = (status: AttemptStatus, change: Partial<Attempt> = {}): Attempt => ({
  ...asked,
  paymentSessionId: 'ps_1',
  orderId: 'O-1',
  status,
  used: false,
  request: { path: '', body: '' },
  sessionExpiresAt: after(600_000),
  endsAt: after(3_600_000),
  ...change,
});
const open = { orderId: 'O-1', status: 'open', underReview: 0 } as const;
const cancelled = { cause: 'requested', answer: 'cancelled' } as const;
const codeOf = (lock: LockStatus, earlier: readonly Attempt[], wanted = asked, underReview = 0) => {
  const verdict = judge({ lock: { orderId: 'O-1', status: lock, underReview }, earlier }, wanted, now);
  return verdict.kind === 'refuse' ? verdict.refusal.code : verdict.kind;
};

describe('the attempt policy', () => {
  it.each([
    ['lets the first attempt start', 'open', [], asked, 'start'],
    ['lets one start after others have ended', 'open', [attempt('expired'), attempt('cancelled')], asked, 'start'],
    ['lets one start once a cancel was answered', 'open', [attempt('created', { cancel: cancelled })], asked, 'start'],
    ['lets one start beside a superseded one', 'open', [attempt('superseded')], asked, 'start'],
    ['hands out the living session again', 'open', [attempt('created')], asked, 'session_lives'],
    ['waits for one whose session is over', 'open', [attempt('created', { sessionExpiresAt: now })], asked, 'wait'],
    ['refuses the same while it is being opened', 'open', [attempt('started')], asked, 'attempt_in_progress'],
    [
      'refuses a third',
      'open',
      [attempt('created', { bankChoice: {} }), attempt('waiting')],
      asked,
      'attempt_in_progress',
    ],
    ['waits for one by another way', 'open', [attempt('created', { bankChoice: { region: 'TH' } })], asked, 'wait'],
    ['waits for one of another amount', 'open', [attempt('created', { amount: money('150') })], asked, 'wait'],
    ['replaces one that is being opened', 'open', [attempt('started', { bankChoice: {} })], asked, 'replace'],
    ['refuses a paid order', 'paid', [], asked, 'order_paid'],
    ['refuses a sealed order', 'sealed', [], asked, 'order_closed'],
    ['refuses a late request', 'open', [], { ...asked, notAfter: now }, 'too_late'],
    [
      'refuses another price',
      'open',
      [attempt('expired', { order: { ...order, amount: money('1') } })],
      asked,
      'order_amount_changed',
    ],
  ] as const)('%s', (_, lock, earlier, wanted, expected) => {
    expect(codeOf(lock, earlier, wanted)).toBe(expected);
  });

  it('hands out no session that is being cancelled', () => {
    expect(codeOf('open', [attempt('created', { cancel: { cause: 'requested' } })])).toBe('wait');
  });

  it('refuses an order with money under review, and says that it is paid or sealed where it is', () => {
    expect(codeOf('open', [], asked, 1)).toBe('money_under_review');
    expect(codeOf('paid', [], asked, 1)).toBe('order_paid');
    expect(codeOf('sealed', [], asked, 1)).toBe('order_closed');
  });

  it('names the field of the request that is the reason', () => {
    const soon = { ...asked, order: { ...order, expiresAt: after(1000).toISOString() } };
    expect(judge({ lock: open, earlier: [] }, soon, now)).toMatchObject({
      refusal: { errors: [{ field: 'order.expiresAt' }] },
    });
    const dearer = attempt('expired', { order: { ...order, amount: money('1') } });
    expect(judge({ lock: open, earlier: [dearer] }, asked, now)).toMatchObject({
      refusal: { errors: [{ field: 'order.amount' }] },
    });
  });

  it.each([
    [0, 'order_expired'],
    [59_999, 'order_expires_too_soon'],
    [60_000, 'start'],
  ])('looks at the time that is left of the order: %i ms, %s', (leftMs, expected) => {
    expect(codeOf('open', [], { ...asked, order: { ...order, expiresAt: after(leftMs).toISOString() } })).toBe(
      expected,
    );
  });

  it('never lets one start while another one lives, whatever has happened before', () => {
    const status = fc.constantFrom(...(Object.keys(attemptLife.why) as AttemptStatus[]));
    const earlier = fc.array(
      fc.record({ status, stopped: fc.boolean(), same: fc.boolean() }).map(({ same, stopped, ...rest }) =>
        attempt(rest.status, {
          ...(stopped ? { cancel: cancelled } : {}),
          bankChoice: same ? app : { region: 'TH' },
        }),
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(earlier, fc.constantFrom<LockStatus>('open', 'sealed', 'paid'), (attempts, lock) => {
        const verdict = judge({ lock: { ...open, status: lock }, earlier: attempts }, asked, now);
        if (lock !== 'open') expect(verdict.kind).toBe('refuse');
        if (attempts.some(isLiving)) expect(verdict.kind).not.toBe('start');
      }),
    );
  });
});
