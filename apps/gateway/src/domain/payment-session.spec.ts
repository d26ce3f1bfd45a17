import { PaymentSessionStatus } from '@kasir/contracts';
import { type Outcome } from '@kasir/kernel';
import {
  advance,
  create,
  isAnswered,
  life,
  newPaymentSession,
  type PaymentSession,
  type PaymentSessionStep,
  sealedFor,
} from './payment-session.js';

const now = new Date('2026-11-22T08:00:00Z');
const inAnHour = new Date('2026-11-22T09:00:00Z');
const asked = newPaymentSession({
  id: 'ps_1',
  orderId: 'ORDER_1',
  amount: { value: '160', currency: 'THB' },
  bankChoice: { region: 'TH' },
  createdAt: now,
});
const sealed = { data: 'sealed', expiresAt: inAnHour, endsAt: inAnHour };
const rejection = { stage: 'abandoned', code: 'provider_silent', message: 'too late' } as const;

/** News as the two topics bring it; each topic keeps its own order. */
const news: Record<string, (session: PaymentSession) => Outcome<PaymentSession>> = {
  created: (session) => create(session, sealed),
  rejected: (session) => advance(session, 'reject', { rejection }),
  pending: (session) => advance(session, 'pend'),
  failed: (session) => advance(session, 'fail', { failure: { code: 'NO', message: 'no' } }),
  mismatched: (session) => advance(session, 'mismatch'),
  expired: (session) => advance(session, 'expire'),
  cancelled: (session) => advance(session, 'cancel'),
  succeeded: (session) => advance(session, 'succeed', { paidAt: now }),
};
const after = (...names: string[]): PaymentSession =>
  names.reduce((session, name) => news[name]!(session).thing, asked);

/** Every way in which two stories can be told into each other. */
function interleavings([a, ...restA]: string[], [b, ...restB]: string[]): string[][] {
  if (a === undefined) return [b === undefined ? [] : [b, ...restB]];
  if (b === undefined) return [[a, ...restA]];
  return [
    ...interleavings(restA, [b, ...restB]).map((rest) => [a, ...rest]),
    ...interleavings([a, ...restA], restB).map((rest) => [b, ...rest]),
  ];
}

describe('the life of a payment session', () => {
  it('has exactly these arrows', () => {
    const arrows = Object.entries(life).flatMap(([step, { from, to }]) =>
      from.map((status) => `${status} ${step} ${to}`),
    );
    expect(arrows.sort()).toEqual([
      'created cancel cancelled',
      'created expire expired',
      'created fail failed',
      'created mismatch mismatched',
      'created pend pending',
      'created succeed succeeded',
      'expired cancel cancelled',
      'expired mismatch mismatched',
      'expired succeed succeeded',
      'failed cancel cancelled',
      'failed expire expired',
      'failed mismatch mismatched',
      'failed pend pending',
      'failed succeed succeeded',
      'mismatched cancel cancelled',
      'mismatched succeed succeeded',
      'pending cancel cancelled',
      'pending expire expired',
      'pending fail failed',
      'pending mismatch mismatched',
      'pending succeed succeeded',
      'rejected cancel cancelled',
      'rejected expire expired',
      'rejected mismatch mismatched',
      'rejected pend pending',
      'rejected succeed succeeded',
      'requested cancel cancelled',
      'requested create created',
      'requested expire expired',
      'requested fail failed',
      'requested mismatch mismatched',
      'requested pend pending',
      'requested reject rejected',
      'requested succeed succeeded',
    ]);
  });

  it.each(PaymentSessionStatus.options)(
    'is never left for anything else once it has succeeded, nor entered twice: %s',
    (status) => {
      for (const step of Object.keys(life) as PaymentSessionStep[]) {
        const outcome = advance({ ...asked, status }, step);
        const expected = life[step].to === status ? 'repeated' : life[step].from.includes(status) ? 'moved' : 'refused';
        expect(outcome.kind).toBe(expected);
        if (status === 'succeeded') expect(outcome.thing.status).toBe('succeeded');
      }
    },
  );

  it.each([
    [['created'], ['failed', 'pending', 'succeeded'], 'succeeded'],
    [['rejected'], ['succeeded'], 'succeeded'],
    [['rejected'], ['mismatched', 'succeeded'], 'succeeded'],
    [['created'], ['pending', 'mismatched'], 'mismatched'],
    [['created'], ['pending', 'failed'], 'failed'],
    [['created'], ['pending', 'cancelled', 'succeeded'], 'cancelled'],
  ])('ends the same whichever topic is faster: %s with %s is %s', (sessions, payments, status) => {
    for (const story of interleavings(sessions, payments)) expect(after(...story).status).toBe(status);
  });

  it('keeps the sealed data in every order of the news', () => {
    for (const story of interleavings(['created'], ['failed', 'pending', 'succeeded']))
      expect(after(...story).sealed).toEqual(sealed);
  });

  it('keeps no fact of a step that is refused', () => {
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
    [['created', 'mismatched'], false],
    [['created', 'cancelled'], false],
    [['cancelled', 'created'], false],
    [['rejected', 'created'], false],
    [[], false],
  ])('after %s is there for the shopper: %s', (story, there) => {
    expect(sealedFor(after(...story), now) !== undefined).toBe(there);
  });

  it('is gone when the session has ended', () => {
    expect(sealedFor(after('created'), inAnHour)).toBeDefined();
    expect(sealedFor(after('created'), new Date(inAnHour.getTime() + 1))).toBeUndefined();
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
    [['mismatched'], true],
    [['cancelled'], true],
    [['succeeded'], true],
  ])('after %s: %s', (story, answered) => {
    expect(isAnswered(after(...story))).toBe(answered);
  });
});
