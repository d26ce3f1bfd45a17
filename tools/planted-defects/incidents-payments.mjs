import { inApp, incident } from './runner/places.mjs';

/** Mistakes by which orders were doubled, contradicted or stuck elsewhere; each is found by the test that re-creates the incident. */
const notification = inApp('notification');
const applyUpdate = notification('application/apply-update.ts');

export const defects = [
  {
    name: 'lets-webhook-and-return-each-settle-the-payment',
    file: applyUpdate,
    at: 'applyPayment',
    given: 'const { kind: $kind, thing: $moved } = applyOutcome($payment, $outcome);',
    find: 'if (!(await $stores.outcomes.claim(claimOf($update, $outcome)))) return $payment;',
    replace: `await $stores.outcomes.claim(claimOf($update, $outcome));
  if (isMoney($outcome)) {
    await $stores.publish(paymentEvent($payment, $update, $outcome), $payment.watch.announcedBy);
    return $payment;
  }`,
    tests: [incident('races', 'A1 medusajs/medusa#13301')],
  },
  {
    name: 'tells-a-buyer-who-is-back-of-a-conflict',
    file: 'apps/gateway/src/application/report-return.ts',
    at: 'reportReturn',
    find: 'if ($justAsked || isClosed($session)) return $known;',
    replace: "if (isClosed($session)) return { kind: 'unknown' }; if ($justAsked) return $known;",
    tests: [incident('races', 'A2 medusajs/medusa#4798')],
  },
  {
    name: 'waits-so-that-another-comes-first',
    file: applyUpdate,
    at: 'decide',
    find: 'if ($update.old === true) return inquireFirst($stores, $payment, $update, $now);',
    replace: `if ($payment.status === 'watched') return planned($payment, firstPlan($now));
  $it`,
    tests: [incident('races', 'A4 mollie/Shopware6#1037')],
  },
  {
    name: 'gives-back-what-antom-gives-back',
    file: 'apps/payment-session/src/application/record-payment.ts',
    at: 'recordPayment',
    given: 'recordRefund($stores, $event)',
    find: "case 'PaymentCancelled': $$$end;",
    replace: `case 'PaymentCancelled': {
      const { orderId, paymentSessionId } = $event.data;
      const refundRequestId = \`rf_\${paymentSessionId}\`;
      const amount = { value: '16000', currency: 'THB' };
      await $stores.say({
        type: 'RefundStarted',
        identity: refundRequestId,
        data: { orderId, paymentSessionId, paymentId: 'x', refundRequestId, amount, cause: 'requested' },
      });
    }
    $it`,
    tests: [incident('races', 'C5 woocommerce/woocommerce-gateway-stripe#5703')],
  },
  {
    name: 'refuses-what-it-has-heard-before',
    file: applyUpdate,
    at: 'applyPayment',
    find: 'if (!(await $stores.outcomes.claim($claim))) return $payment;',
    replace: "if (!(await $stores.outcomes.claim($claim))) throw new Error('it was reported before');",
    tests: [incident('lost-news', 'D5 after koala73/worldmonitor#4470')],
  },
  {
    name: 'hears-nothing-more-after-a-webhook-that-failed',
    file: notification('application/webhook-groups.ts'),
    at: 'WebhookGroups.#settle',
    find: 'if ($isAlone) $group[0]?.failed($error); else $halve;',
    replace: 'this.add = () => Promise.reject($error as Error); $it',
    tests: [incident('lost-news', 'E2 frappe/payments#240')],
  },
  {
    name: 'knows-a-message-by-its-payment-whatever-it-says',
    file: 'libs/antom/src/notifications/told.ts',
    at: 'readBody',
    find: 'export function readBody($body: unknown): $Read { $$$work; }',
    replace: `const heard = new Set<unknown>();

export function readBody(body: unknown): $Read {
  const { paymentId } = body as { paymentId?: unknown };
  if (heard.has(paymentId)) return { kind: 'other', notifyType: 'heard before' };
  heard.add(paymentId);
  return readNew(body);
}

function readNew($body: unknown): $Read { $$$work; }`,
    tests: [incident('lost-news', 'E3 koala73/worldmonitor#4436')],
  },
  {
    name: 'drops-a-field-that-it-does-not-know-before-it-verifies',
    file: notification('inbound/webhook-reader.ts'),
    at: 'webhookReader.rawBody',
    replace: 'Buffer.from(JSON.stringify({ ...JSON.parse($it.toString()), sign_type: undefined }))',
    tests: [incident('signatures', 'J4 alipay/alipay-easysdk#237')],
  },
  {
    name: 'says-what-was-paid-instead-of-what-is-left',
    file: 'apps/order/src/domain/payment.ts',
    at: 'leftOf',
    find: 'BigInt($amount.value) - BigInt($givenBack)',
    replace: 'BigInt($amount.value) - 0n * BigInt($givenBack)',
    tests: [incident('refunds', 'Saleor: an event says "fully paid"')],
  },
];
