import { exhibit, inApp } from './runner/places.mjs';

/** Mistakes by which orders were doubled, contradicted or stuck elsewhere; each is found by the exhibit that re-creates it. */
const ear = inApp('notification');
const applyNews = ear('application/apply-news.ts');

export const defects = [
  {
    name: 'lets-webhook-and-return-each-settle-the-payment',
    file: applyNews,
    find: 'if (!(await stores.outcomes.claim({ ...outcomeOf(news), verdict }))) return;',
    replace: `await stores.outcomes.claim({ ...outcomeOf(news), verdict });
  if (isMoney(verdict)) return stores.say(paymentEvent(watch, news, verdict), watch.announcedBy);`,
    tests: [exhibit('races', 'A1 medusajs/medusa#13301')],
  },
  {
    name: 'tells-a-buyer-who-is-back-of-a-conflict',
    file: 'apps/gateway/src/application/report-return.ts',
    find: 'if (justAsked || isClosed(session)) return',
    replace: "if (isClosed(session)) return { kind: 'unknown' };\n    if (justAsked) return",
    tests: [exhibit('races', 'A2 medusajs/medusa#4798')],
  },
  {
    name: 'waits-so-that-another-comes-first',
    file: applyNews,
    find: 'if (news.old === true) return inquireFirst(',
    replace: `if (payment.status === 'watched') return stores.inquiries.plan(news.paymentRequestId, firstPlan(now));
  if (news.old === true) return inquireFirst(`,
    tests: [exhibit('races', 'A4 mollie/Shopware6#1037')],
  },
  {
    name: 'gives-back-what-antom-gives-back',
    file: 'apps/payment-session/src/application/record-payment.ts',
    find: "    case 'PaymentMismatched':\n",
    replace: `    case 'PaymentReceivedAfterCancel': {
      const { orderId, paymentSessionId, paymentRequestId, paymentId, amount } = event.data;
      const refundRequestId = \`rf_\${paymentId}\`;
      return stores.say({
        type: 'RefundStarted',
        identity: refundRequestId,
        data: { orderId, paymentSessionId, paymentRequestId, paymentId, refundRequestId, amount, cause: 'requested' },
      });
    }
    case 'PaymentMismatched':
`,
    tests: [exhibit('races', 'C5 woocommerce/woocommerce-gateway-stripe#5703')],
  },
  {
    name: 'refuses-what-it-has-heard-before',
    file: applyNews,
    find: 'if (!(await stores.outcomes.claim({ ...outcomeOf(news), verdict }))) return;',
    replace: `if (!(await stores.outcomes.claim({ ...outcomeOf(news), verdict }))) throw new Error('it was heard before');`,
    tests: [exhibit('lost-news', 'D5 after koala73/worldmonitor#4470')],
  },
  {
    name: 'hears-nothing-more-after-a-webhook-that-failed',
    file: ear('application/webhook-groups.ts'),
    find: 'if (group.length === 1) group[0]?.failed(error);',
    replace: `this.hear = () => Promise.reject(error as Error);
      if (group.length === 1) group[0]?.failed(error);`,
    tests: [exhibit('lost-news', 'E2 frappe/payments#240')],
  },
  {
    name: 'knows-a-message-by-its-payment-whatever-it-says',
    file: 'libs/antom/src/notifications/told.ts',
    find: 'export function readBody(body: unknown): Told',
    replace: `const heard = new Set<unknown>();

export function readBody(body: unknown): Told | { readonly problem: string } {
  const { paymentId } = body as { paymentId?: unknown };
  if (heard.has(paymentId)) return { kind: 'other', notifyType: 'heard before' };
  heard.add(paymentId);
  return readNew(body);
}

function readNew(body: unknown): Told`,
    tests: [exhibit('lost-news', 'E3 koala73/worldmonitor#4436')],
  },
  {
    name: 'drops-a-field-that-it-does-not-know-before-it-verifies',
    file: ear('inbound/webhook-reader.ts'),
    find: 'rawBody: webhook.body }',
    replace: 'rawBody: Buffer.from(JSON.stringify({ ...JSON.parse(webhook.body.toString()), sign_type: undefined })) }',
    tests: [exhibit('signatures', 'J4 alipay/alipay-easysdk#237')],
  },
  {
    name: 'says-what-was-paid-instead-of-what-is-left',
    file: 'apps/order/src/domain/refund.ts',
    find: 'BigInt(amount.value) - BigInt(refunded.value);',
    replace: 'BigInt(amount.value) - 0n * BigInt(refunded.value);',
    tests: [exhibit('refunds', 'Saleor: an event says "fully paid"')],
  },
];
