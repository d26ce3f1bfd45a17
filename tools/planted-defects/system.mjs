import { exhibit, inApp, test } from './runner/places.mjs';

/** Mistakes of whoever asks Antom, keeps orders or talks to apps: each takes away one guard, and money is lost or moves twice. */
const mouth = inApp('payment-session');
const order = inApp('order');
const gateway = inApp('gateway');
const askForSession = mouth('application/ask-for-session.ts');

export const defects = [
  {
    name: 'takes-another-payment-request-id-for-each-try',
    file: askForSession,
    find: 'await tools.provider.createSession(lease.thing.request);',
    replace: `await tools.provider.createSession({
          ...lease.thing.request,
          body: lease.thing.request.body.replaceAll(
            \`"paymentRequestId":"\${lease.thing.paymentSessionId}"\`,
            \`"paymentRequestId":"\${lease.thing.paymentSessionId}\${lease.tries === 1 ? '' : lease.tries}"\`,
          ),
        });`,
    tests: [exhibit('doubles', 'B7 after Automattic/woocommerce-payments#4358')],
  },
  {
    name: 'believes-a-refusal-after-an-unanswered-call',
    file: askForSession,
    find: "if (answer.kind === 'refused' && tries === 1) return answer;",
    replace: "if (answer.kind === 'refused') return answer;",
    tests: [exhibit('doubles', 'B8 after mollie/PrestaShop#1251')],
  },
  {
    name: 'lets-a-second-attempt-start-beside-a-living-one',
    file: mouth('domain/guard.ts'),
    find: "if (living === undefined) return { kind: 'start' };",
    replace: "if (living !== null) return { kind: 'start' };",
    tests: [test(mouth('domain/guard.spec.ts'), 'waits for one by another way')],
  },
  {
    name: 'takes-payments-for-an-order-that-is-paid',
    file: mouth('domain/guard.ts'),
    find: "if (status === 'paid') return { code: 'order_paid', message: 'the order is paid' };",
    replace: '',
    tests: [exhibit('doubles', 'B5 woocommerce/woocommerce#41527')],
  },
  {
    name: 'cancels-what-is-paid',
    file: mouth('application/ask-to-cancel.ts'),
    find: "if (!unused && payment.status === 'succeeded')",
    replace: "if (unused && payment.status === 'succeeded')",
    tests: [exhibit('races', 'C8 after mollie/WooCommerce#668')],
  },
  {
    name: 'checks-no-sum-of-refunds',
    file: mouth('domain/refund.ts'),
    find: 'if (BigInt(amount.value) <= left) return undefined;',
    replace: 'if (BigInt(amount.value) <= BigInt(paid.value)) return undefined;',
    tests: [exhibit('refunds', 'F2 woocommerce/woocommerce-gateway-stripe#3653')],
  },
  {
    name: 'takes-a-refund-from-the-first-payment-whatever-is-named',
    file: mouth('application/payment-of.ts'),
    find: 'return paymentId === undefined ? undefined : payments.find(paymentSessionId, paymentId);',
    replace: 'return paymentId === undefined ? undefined : payments.find(paymentSessionId, first ?? paymentId);',
    tests: [test(mouth('refund.spec.ts'), 'takes it from the payment that is named, and from the first where none is')],
  },
  {
    name: 'lets-an-order-go-on-with-the-first-of-its-cases',
    file: mouth('application/review-order.ts'),
    find: 'if (resolved.openCases === 0) await letGoOn(stores, orderId);',
    replace: 'await letGoOn(stores, orderId);',
    tests: [test(mouth('review.spec.ts'), 'takes one only with the last of its cases, whatever the others are about')],
  },
  {
    name: 'takes-another-refund-id-for-each-try',
    file: mouth('application/ask-to-refund.ts'),
    find: 'await tools.provider.refund(refundRequestId, request);',
    replace: `await tools.provider.refund(refundRequestId, {
    ...request,
    body: request.body.replaceAll(refundRequestId, \`\${refundRequestId}\${lease.tries}\`),
  });`,
    tests: [exhibit('refunds', 'F5 woocommerce/woocommerce-paypal-payments#522')],
  },
  {
    name: 'drops-a-second-success',
    file: order('domain/order.ts'),
    find: "return trouble('second-success', 'another payment is kept');",
    replace: "return { kind: 'repeated', thing: order };",
    tests: [
      exhibit('doubles', 'B1 mollie/WooCommerce#1204'),
      exhibit('doubles', 'B6 woocommerce/woocommerce-gateway-stripe#2477'),
    ],
  },
  {
    name: 'reopens-what-is-closed-unasked',
    file: order('domain/order.ts'),
    find: "if (order.status === 'closed' && latePayment === 'case')",
    replace: "if (order.status === 'closed' && latePayment === undefined)",
    tests: [exhibit('races', 'C6 after woocommerce/woocommerce-gateway-stripe#905')],
  },
  {
    name: 'closes-before-the-attempts-have-ended',
    file: order('domain/order.ts'),
    find: 'find((each) => !ended.has(each));',
    replace: 'find((each) => ended.has(each) && false);',
    tests: [
      exhibit('races', 'C3 mollie/WooCommerce#668: a time that runs out'),
      test(
        order('domain/order.spec.ts'),
        'is closing from its seal on, and closed with the end of the last of its attempts',
      ),
    ],
  },
  {
    name: 'counts-a-returned-double-against-the-order',
    file: order('domain/refund.ts'),
    find: 'kept: order.paidBy !== null && samePayment(order.paidBy, payment),',
    replace: 'kept: order.paidBy !== null,',
    tests: [exhibit('doubles', 'B3 woocommerce/woocommerce#9297')],
  },
  {
    name: 'opens-a-case-whenever-it-is-told',
    file: order('application/open-case.ts'),
    find: 'const found = newCase(concern);',
    replace: 'const found = newCase({ ...concern, reference: `${concern.paymentId}${performance.now()}` });',
    tests: [
      test(order('cases.spec.ts'), 'is opened once, with its evidence and a clock, however often the trouble is told'),
    ],
  },
  {
    name: 'takes-a-known-key-for-the-same-request',
    file: gateway('application/request-payment-session.ts'),
    find: 'request: canonical({ order: { ...order, expiresAt: undefined }, payment, body }),',
    replace: 'request: canonical({ order: { ...order, expiresAt: undefined }, payment }),',
    tests: [exhibit('doubles', 'Svix: an idempotency key is taken for the same request whatever its body says')],
  },
  {
    name: 'compares-the-beginning-of-a-secret-only',
    file: gateway('inbound/merchant-keys.ts'),
    find: '(timingSafeEqual(key.sha256, sha256) ? key : undefined)',
    replace: '(timingSafeEqual(key.sha256.subarray(0, 0), sha256.subarray(0, 0)) ? key : undefined)',
    tests: [exhibit('refunds', 'a secret that is almost right opens the till')],
  },
  {
    name: 'forgets-which-key-asked-for-a-refund',
    file: gateway('application/request-refund.ts'),
    find: 'key: wish.idempotencyKey,',
    replace: 'key: wish.idempotencyKey + performance.now(),',
    tests: [exhibit('refunds', 'F1 woocommerce/woocommerce-gateway-stripe#838')],
  },
  {
    name: 'shows-the-refused-try-for-ever',
    file: gateway('domain/payment-session.ts'),
    find: "    from: ['requested', 'created', 'rejected', 'pending', 'failed', 'mismatched', 'expired'],\n    to: 'succeeded',",
    replace:
      "    from: ['requested', 'created', 'rejected', 'pending', 'mismatched', 'expired'],\n    to: 'succeeded',",
    tests: [exhibit('races', 'C7 after NEARBuilders/nearmerch.com#209')],
  },
  {
    name: 'asks-for-refunds-that-no-bank-gives',
    file: mouth('application/admit-refund.ts'),
    find: "if (provider.canRefund(attempt.bankChoice, attempt.amount.currency) === 'no')",
    replace: "if (provider.canRefund(attempt.bankChoice, attempt.amount.currency) === 'never')",
    tests: [exhibit('refunds', 'a bank that cannot give back is asked for a refund all the same')],
  },
  {
    name: 'hands-out-no-living-session',
    file: mouth('domain/guard.ts'),
    find: 'if (same && living !== leaving &&',
    replace: 'if (!same && living !== leaving &&',
    tests: [exhibit('doubles', 'B2 woocommerce/woocommerce#10453')],
  },
  {
    name: 'shows-a-paid-order-how-to-be-paid-again',
    file: gateway('application/views.ts'),
    find: 'awaitsPayment(await order(orderId))',
    replace: '(awaitsPayment(undefined) || (await order(orderId)) === undefined)',
    tests: [
      test(gateway('payment-sessions.spec.ts'), 'shows no session data once its order takes no payment any more'),
    ],
  },
];
