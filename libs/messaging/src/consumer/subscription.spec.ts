import { payments } from '@kasir/contracts';
import { type AnySubscription, isUnhandled } from './subscription.js';

describe('a subscription', () => {
  const subscription = (handles?: readonly string[]): AnySubscription => ({
    topic: payments,
    handles,
    handle: () => Promise.resolve(),
  });

  it('takes the types that it declares, and what its contract does not know, which is reported', () => {
    const some = subscription(['PaymentSucceeded']);
    expect(isUnhandled(some, 'PaymentSucceeded')).toBe(false);
    expect(isUnhandled(some, 'PaymentFailed')).toBe(true);
    expect(isUnhandled(some, 'PaymentInvented')).toBe(false);
    expect(isUnhandled(some, undefined)).toBe(false);
  });

  it('takes every type where it declares none', () => {
    expect(isUnhandled(subscription(), 'PaymentFailed')).toBe(false);
  });
});
