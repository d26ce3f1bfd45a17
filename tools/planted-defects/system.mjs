import { inApp, incident, test } from './runner/places.mjs';

/** Mistakes in what is asked of Antom, in orders and at the gateway: each takes away one check, and money is lost or moves twice. */
const paymentSession = inApp('payment-session');
const order = inApp('order');
const gateway = inApp('gateway');
const attemptPolicy = paymentSession('domain/attempt-policy.ts');
const askForSession = paymentSession('application/ask-for-session.ts');

export const defects = [
  {
    name: 'takes-another-payment-request-id-for-each-try',
    file: askForSession,
    at: 'askForSession',
    find: '$provider.createSession($lease.thing.request)',
    replace: `$provider.createSession({
          ...$lease.thing.request,
          body: $lease.thing.request.body.replaceAll(
            \`"paymentRequestId":"\${$lease.thing.paymentSessionId}"\`,
            \`"paymentRequestId":"\${$lease.thing.paymentSessionId}\${$lease.tries === 1 ? '' : $lease.tries}"\`,
          ),
        })`,
    tests: [incident('doubles', 'B7 after Automattic/woocommerce-payments#4358')],
  },
  {
    name: 'believes-a-refusal-after-an-unanswered-call',
    file: askForSession,
    at: 'decide',
    find: "$answer.kind === 'refused' && $tries === 1",
    replace: "$answer.kind === 'refused'",
    tests: [incident('doubles', 'B8 after mollie/PrestaShop#1251')],
  },
  {
    name: 'lets-a-second-attempt-start-beside-a-living-one',
    file: attemptPolicy,
    at: 'judge',
    find: "if ($living === undefined) return { kind: 'start' };",
    replace: "if ($living !== null) return { kind: 'start' };",
    tests: [test(paymentSession('domain/attempt-policy.spec.ts'), 'waits for one by another way')],
  },
  {
    name: 'takes-payments-for-an-order-that-is-paid',
    file: attemptPolicy,
    at: 'shutFor',
    find: "if ($status === 'paid') return $refusal;",
    replace: '',
    tests: [incident('doubles', 'B5 woocommerce/woocommerce#41527')],
  },
  {
    name: 'cancels-what-is-paid',
    file: paymentSession('application/ask-to-cancel.ts'),
    at: 'ask',
    find: "!$unused && $payment.status === 'succeeded'",
    replace: "$unused && $payment.status === 'succeeded'",
    tests: [incident('races', 'C8 after mollie/WooCommerce#668')],
  },
  {
    name: 'checks-no-sum-of-refunds',
    file: paymentSession('domain/refund.ts'),
    at: 'refundProblem',
    given: 'remainderOf($paid, $others)',
    find: 'BigInt($amount.value) <= $left',
    replace: 'BigInt($amount.value) <= BigInt($paid.value)',
    tests: [incident('refunds', 'F2 woocommerce/woocommerce-gateway-stripe#3653')],
  },
  {
    name: 'takes-a-refund-from-the-first-payment-whatever-is-named',
    file: paymentSession('application/request-refund.ts'),
    at: 'paymentOf',
    given: '{ $$$, paymentId: $first }: Attempt',
    find: '$payments.find($session, $paymentId)',
    replace: '$payments.find($session, $first ?? $paymentId)',
    tests: [
      test(
        paymentSession('refund.spec.ts'),
        'is refused while both payments stand, but to the person who resolves the case (M14)',
      ),
    ],
  },
  {
    name: 'lets-an-order-go-on-with-the-first-of-its-cases',
    file: paymentSession('domain/order-lock.ts'),
    at: 'reviewing.underReview',
    find: '$lock.underReview + $change',
    replace: 'Math.max(0, $change)',
    tests: [
      test(paymentSession('money-under-review.spec.ts'), 'stays locked by other money, whatever else was resolved'),
    ],
  },
  {
    name: 'takes-another-refund-id-for-each-try',
    file: paymentSession('application/ask-to-refund.ts'),
    at: 'askToRefund',
    given: '$lease.thing',
    find: '$provider.refund($id, $request)',
    replace: `$provider.refund($id, {
    ...$request,
    body: $request.body.replaceAll($id, \`\${$id}\${$lease.tries}\`),
  })`,
    tests: [incident('refunds', 'F5 woocommerce/woocommerce-paypal-payments#522')],
  },
  {
    name: 'drops-a-second-success',
    file: order('domain/order.ts'),
    at: 'settle',
    given: '$order.paidBy !== null && !samePayment($$$)',
    find: "return $trouble('duplicate-payment', $reason);",
    replace: "return { kind: 'repeated', thing: $order };",
    tests: [
      incident('doubles', 'B1 mollie/WooCommerce#1204'),
      incident('doubles', 'B6 woocommerce/woocommerce-gateway-stripe#2477'),
    ],
  },
  {
    name: 'reopens-what-is-closed-unasked',
    file: order('domain/order.ts'),
    at: 'isTooLate',
    find: "$latePayment === 'case'",
    replace: '$latePayment === undefined',
    tests: [
      incident('races', 'C6 after woocommerce/woocommerce-gateway-stripe#905'),
      test(
        order('application/late-money.spec.ts'),
        'is a case when it comes long after the end, although the order is still closing (M12)',
      ),
    ],
  },
  {
    name: 'closes-before-the-attempts-have-ended',
    file: paymentSession('application/drain-order.ts'),
    at: 'bringsNothing',
    replace: 'true',
    tests: [
      incident('races', 'C3 mollie/WooCommerce#668: a time that runs out'),
      test(paymentSession('draining.spec.ts'), 'with the end of the last of its attempts, and once'),
    ],
  },
  {
    name: 'counts-a-returned-double-against-the-order',
    file: order('application/give-back.ts'),
    at: 'pays',
    find: '$isPaid && samePayment($$$)',
    replace: '$isPaid',
    tests: [
      incident('doubles', 'B3 woocommerce/woocommerce#9297'),
      test(
        order('money-back.spec.ts'),
        'is not the money that pays the order when a duplicate goes back, and that answers its case',
      ),
    ],
  },
  {
    name: 'opens-a-case-whenever-it-is-told',
    file: order('application/open-case.ts'),
    at: 'openCase',
    find: 'newCase($concern)',
    replace: 'newCase({ ...$concern, reference: `${$concern.paymentId}${performance.now()}` })',
    tests: [
      test(order('cases.spec.ts'), 'is opened once, with its evidence and a clock, however often the trouble is told'),
    ],
  },
  {
    name: 'takes-a-known-key-for-the-same-request',
    file: gateway('application/request-payment-session.ts'),
    at: 'sessionOf.fingerprint',
    find: '{ $$$claims, body: $body }',
    replace: '{ $$$claims }',
    tests: [incident('doubles', 'Svix: an idempotency key is taken for the same request whatever its body says')],
  },
  {
    name: 'compares-the-beginning-of-a-secret-only',
    file: gateway('inbound/merchant-keys.ts'),
    at: 'merchantOf',
    find: 'timingSafeEqual($key.sha256, $sha256)',
    replace: 'timingSafeEqual($key.sha256.subarray(0, 0), $sha256.subarray(0, 0))',
    tests: [incident('refunds', 'a secret that is almost right opens the till')],
  },
  {
    name: 'forgets-which-key-asked-for-a-refund',
    file: gateway('application/request-refund.ts'),
    at: 'requestRefund',
    find: "{ operation: 'refund', $$$about, idempotencyKey: $key }",
    replace: "{ operation: 'refund', $$$about, idempotencyKey: $key + performance.now() }",
    tests: [incident('refunds', 'F1 woocommerce/woocommerce-gateway-stripe#838')],
  },
  {
    name: 'shows-the-refused-try-for-ever',
    file: gateway('domain/payment-session.ts'),
    at: 'life.succeed.from',
    find: "[$$$before, 'failed', $$$after]",
    replace: '[$$$before, $$$after]',
    tests: [incident('races', 'C7 after NEARBuilders/nearmerch.com#209')],
  },
  {
    name: 'asks-for-refunds-that-no-bank-gives',
    file: paymentSession('application/admit-refund.ts'),
    at: 'problemOf',
    find: "$provider.canRefund($$$what) === 'no'",
    replace: "$provider.canRefund($$$what) === 'never'",
    tests: [incident('refunds', 'a bank that cannot give back is asked for a refund all the same')],
  },
  {
    name: 'hands-out-no-living-session',
    file: attemptPolicy,
    at: 'judge',
    find: '$same && !isLeaving($living)',
    replace: '$living !== undefined && !$same && !isLeaving($living)',
    tests: [incident('doubles', 'B2 woocommerce/woocommerce#10453')],
  },
  {
    name: 'shows-a-paid-order-how-to-be-paid-again',
    file: gateway('application/views.ts'),
    at: 'showSession',
    find: 'awaitsPayment(await $order($orderId))',
    replace: '(awaitsPayment(undefined) || (await $order($orderId)) === undefined)',
    tests: [
      test(gateway('payment-sessions.spec.ts'), 'shows no session data once its order takes no payment any more'),
    ],
  },
];
