import { exhibit } from './runner/places.mjs';

/** Mistakes by which test doubles elsewhere proved nothing; each is found by the exhibit that re-creates it. */
const inSimulator = (path) => `libs/antom-sim/src/${path}`;

export const defects = [
  {
    name: 'finds-no-payment-by-the-id-of-its-request',
    file: inSimulator('protocol/inquiry-payment.ts'),
    find: ': world.payments.session(String(paymentRequestId));',
    replace: ': world.payments.byPaymentId(String(paymentRequestId));',
    tests: [exhibit('test-doubles', 'K1 stripe/stripe-mock#19')],
  },
  {
    name: 'writes-notifications-and-sends-none',
    file: inSimulator('acts/cashier.ts'),
    find: '    for (const { id } of letters) courier.deliver(id);\n',
    replace: '    void courier;\n',
    tests: [exhibit('test-doubles', 'K2 stripe/stripe-mock#369')],
  },
  {
    name: 'stumbles-under-a-crowd',
    file: inSimulator('protocol/create-payment-session.ts'),
    find: '  const opened = open(body, bank, context);\n',
    replace: `  const opened = open(body, bank, context);
  const crowd = context.world.payments.sessions().filter((other) => other.at === opened.at);
  if (crowd.length >= 256) throw new Error('too many at once');
`,
    tests: [exhibit('test-doubles', 'K3 stripe/stripe-mock#262')],
  },
  {
    name: 'follows-no-rule-when-it-is-called',
    file: inSimulator('rules/rules.ts'),
    find: 'if (this.isEmpty) return undefined;',
    replace: "if (this.isEmpty || stage === 'call') return undefined;",
    tests: [exhibit('test-doubles', 'K4 stripe/stripe-mock#116')],
  },
  {
    name: 'takes-another-request-for-the-same',
    file: inSimulator('protocol/create-payment-session.ts'),
    find: 'earlier.fingerprint === fingerprint(body)',
    replace: "earlier.fingerprint !== ''",
    tests: [exhibit('test-doubles', 'K5 after stripe/stripe-mock#19')],
  },
  {
    name: 'holds-no-notification-back',
    file: inSimulator('notifications/held-back.ts'),
    find: 'pattern.test(paymentRequestId));',
    replace: 'pattern.test(id));',
    tests: [exhibit('test-doubles', 'K6 pushplay/stripe-stateful-mock#10')],
  },
  {
    name: 'forgets-what-went-back-of-a-payment',
    file: inSimulator('protocol/refund.ts'),
    find: "refund.status !== 'failed' && refund.paymentId === paymentId",
    replace: "refund.status === 'failed' && refund.paymentId === paymentId",
    tests: [exhibit('test-doubles', 'K7 after juspay/hyperswitch#726')],
  },
];
