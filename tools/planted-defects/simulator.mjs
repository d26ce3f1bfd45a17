import { incident, inLib } from './runner/places.mjs';

/** Mistakes by which test doubles elsewhere proved nothing; each is found by the test that re-creates the incident. */
const simulator = inLib('antom-sim');

export const defects = [
  {
    name: 'finds-no-payment-by-the-id-of-its-request',
    file: simulator('protocol/inquiry-payment.ts'),
    at: 'findPayment',
    find: '$payments.session($id)',
    replace: '$payments.byPaymentId($id)',
    tests: [incident('test-doubles', 'K1 stripe/stripe-mock#19')],
  },
  {
    name: 'writes-notifications-and-sends-none',
    file: simulator('acts/cashier.ts'),
    at: 'Cashier.#conclude',
    find: '$courier.deliver($id)',
    replace: 'void $courier',
    tests: [incident('test-doubles', 'K2 stripe/stripe-mock#369')],
  },
  {
    name: 'stumbles-under-a-crowd',
    file: simulator('protocol/create-payment-session.ts'),
    at: 'createPaymentSession',
    find: 'const $opened = open($body, $bank, $context);',
    replace: `$it
  const crowd = $context.world.payments.sessions().filter((other) => other.at === $opened.at);
  if (crowd.length >= 256) throw new Error('too many at once');`,
    tests: [incident('test-doubles', 'K3 stripe/stripe-mock#262')],
  },
  {
    name: 'follows-no-rule-when-it-is-called',
    file: simulator('rules/rules.ts'),
    at: 'Rules.take',
    given: '$scenario.stage !== $stage',
    find: 'this.isEmpty',
    replace: "this.isEmpty || $stage === 'call'",
    tests: [incident('test-doubles', 'K4 stripe/stripe-mock#116')],
  },
  {
    name: 'takes-another-request-for-the-same',
    file: simulator('protocol/create-payment-session.ts'),
    at: 'repeat',
    find: '$earlier.fingerprint === fingerprint($body)',
    replace: "$earlier.fingerprint !== ''",
    tests: [incident('test-doubles', 'K5 after stripe/stripe-mock#19')],
  },
  {
    name: 'holds-no-notification-back',
    file: simulator('notifications/held-back.ts'),
    at: 'HeldBack.keep',
    given: 'this.#held.add($id)',
    find: '$pattern.test($paymentRequestId)',
    replace: '$pattern.test($id)',
    tests: [incident('test-doubles', 'K6 pushplay/stripe-stateful-mock#10')],
  },
  {
    name: 'forgets-what-went-back-of-a-payment',
    file: simulator('protocol/refund.ts'),
    at: 'refusalOf',
    find: "$refund.status !== 'failed'",
    replace: "$refund.status === 'failed'",
    tests: [incident('test-doubles', 'K7 after juspay/hyperswitch#726')],
  },
];
