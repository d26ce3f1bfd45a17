import { PaymentSessionStatus } from '@kasir/contracts';
import { type Outcome } from '@kasir/kernel';
import {
  advance,
  create,
  isAnswered,
  life,
  newPaymentSession,
  openableData,
  type PaymentSession,
  type PaymentSessionTransition,
} from './payment-session.js';

const now = new Date('2026-11-22T08:00:00Z');
const inAnHour = new Date('2026-11-22T09:00:00Z');
const asked = newPaymentSession({
  id: 'ps_1',
  orderId: 'ORDER_1',
  amount: { value: '160', currency: 'THB' },
  bankChoice: { region: 'TH' },
  createdAt: now,
  fingerprint: 'cappuccino',
  notAfter: new Date('2026-11-22T08:01:00Z'),
});
const encrypted = { data: 'encrypted', expiresAt: inAnHour, endsAt: inAnHour };
const rejection = { stage: 'abandoned', code: 'provider_silent', message: 'too late' } as const;

/** Events as the topics bring them; each topic keeps its own order. */
const events: Record<string, (session: PaymentSession) => Outcome<PaymentSession>> = {
  created: (session) => create(session, encrypted),
  rejected: (session) => advance(session, 'reject', { rejection }),
  pending: (session) => advance(session, 'pend'),
  failed: (session) => advance(session, 'fail', { failure: { code: 'NO', message: 'no' } }),
  under_review: (session) => advance(session, 'review'),
  expired: (session) => advance(session, 'expire'),
  cancelled: (session) => advance(session, 'cancel'),
  succeeded: (session) => advance(session, 'succeed', { paidAt: now }),
  accepted: (session) => advance(session, session.status === 'cancelled' ? 'accept' : 'succeed', { paidAt: now }),
  returned: (session) => advance(session, 'return'),
};
const after = (...names: string[]): PaymentSession =>
  names.reduce((session, name) => events[name]!(session).thing, asked);

/** Every way in which two stories can be told into each other. */
function interleavings([a, ...restA]: string[], [b, ...restB]: string[]): string[][] {
  if (a === undefined) return [b === undefined ? [] : [b, ...restB]];
  if (b === undefined) return [[a, ...restA]];
  return [
    ...interleavings(restA, [b, ...restB]).map((rest) => [a, ...rest]),
    ...interleavings([a, ...restA], restB).map((rest) => [b, ...rest]),
  ];
}

describe('a payment session', () => {
  it('has exactly these transitions', () => {
    const transitions = Object.entries(life).flatMap(([step, { from, to }]) =>
      from.map((status) => `${status} ${step} ${to}`),
    );
    expect(transitions.sort()).toEqual([
      'cancelled accept succeeded',
      'created cancel cancelled',
      'created expire expired',
      'created fail failed',
      'created pend pending',
      'created review under_review',
      'created succeed succeeded',
      'expired cancel cancelled',
      'expired review under_review',
      'expired succeed succeeded',
      'failed cancel cancelled',
      'failed expire expired',
      'failed pend pending',
      'failed review under_review',
      'failed succeed succeeded',
      'pending cancel cancelled',
      'pending expire expired',
      'pending fail failed',
      'pending review under_review',
      'pending succeed succeeded',
      'rejected pend pending',
      'rejected review under_review',
      'rejected succeed succeeded',
      'requested cancel cancelled',
      'requested create created',
      'requested expire expired',
      'requested fail failed',
      'requested pend pending',
      'requested reject rejected',
      'requested review under_review',
      'requested succeed succeeded',
      'succeeded return returned',
      'under_review cancel cancelled',
      'under_review return returned',
      'under_review succeed succeeded',
    ]);
  });

  it.each(PaymentSessionStatus.options)(
    'is moved by its table only, and a success is left only by a return: %s',
    (status) => {
      for (const step of Object.keys(life) as PaymentSessionTransition[]) {
        const outcome = advance({ ...asked, status }, step);
        const expected = life[step].to === status ? 'repeated' : life[step].from.includes(status) ? 'moved' : 'refused';
        expect(outcome.kind).toBe(expected);
        if (status === 'succeeded' && step !== 'return') expect(outcome.thing.status).toBe('succeeded');
      }
    },
  );

  it.each([
    [['created'], ['failed', 'pending', 'succeeded'], 'succeeded'],
    [['rejected'], ['succeeded'], 'succeeded'],
    [['rejected'], ['under_review', 'succeeded'], 'succeeded'],
    [['created'], ['pending', 'under_review'], 'under_review'],
    [['created'], ['succeeded', 'returned'], 'returned'],
    [['accepted'], ['pending', 'cancelled', 'under_review'], 'succeeded'],
    [['created'], ['pending', 'failed'], 'failed'],
    [['created'], ['pending', 'cancelled', 'succeeded'], 'cancelled'],
  ])('ends the same whichever topic is faster: %s with %s is %s', (sessions, payments, status) => {
    for (const story of interleavings(sessions, payments)) expect(after(...story).status).toBe(status);
  });

  it('keeps the session data in every order of the events', () => {
    for (const story of interleavings(['created'], ['failed', 'pending', 'succeeded']))
      expect(after(...story).encrypted).toEqual(encrypted);
  });

  it('keeps no fact of a transition that is refused', () => {
    expect(after('succeeded', 'failed', 'rejected')).toEqual(after('succeeded'));
  });

  it('remembers the latest failure of several tries', () => {
    const again = advance(after('created', 'failed'), 'fail', { failure: { code: 'AGAIN', message: 'no' } });
    expect(again).toMatchObject({ kind: 'repeated', thing: { failure: { code: 'AGAIN' } } });
  });
});

describe('session data', () => {
  it.each([
    [['created'], true],
    [['created', 'pending'], true],
    [['created', 'failed'], true],
    [['failed', 'created'], true],
    [['created', 'succeeded'], false],
    [['succeeded', 'created'], false],
    [['created', 'under_review'], false],
    [['created', 'cancelled'], false],
    [['cancelled', 'created'], false],
    [['rejected', 'created'], false],
    [[], false],
  ])('after %s is there for the buyer: %s', (story, there) => {
    expect(openableData(after(...story), now) !== undefined).toBe(there);
  });

  it('is gone when the session has ended', () => {
    expect(openableData(after('created'), inAnHour)).toBeDefined();
    expect(openableData(after('created'), new Date(inAnHour.getTime() + 1))).toBeUndefined();
  });
});

describe('waiting ends', () => {
  it.each([
    [[], false],
    [['pending'], false],
    [['failed'], false],
    [['failed', 'created'], true],
    [['created'], true],
    [['rejected'], true],
    [['under_review'], true],
    [['cancelled'], true],
    [['succeeded'], true],
  ])('after %s: %s', (story, answered) => {
    expect(isAnswered(after(...story))).toBe(answered);
  });
});
