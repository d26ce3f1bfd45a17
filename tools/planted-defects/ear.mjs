import { exhibit, inApp, test } from './runner/places.mjs';

/** Mistakes of whoever listens to Antom: each takes away one guard, and something false is believed or something true is lost. */
const ear = inApp('notification');
const applyNews = ear('application/apply-news.ts');
const askAntom = ear('application/ask-antom.ts');

export const defects = [
  {
    name: 'lets-a-late-failure-overwrite-a-success',
    file: ear('domain/watch-life.ts'),
    find: "fail: { from: ['watched', 'rejected', 'pending'], to: 'failed' },",
    replace: "fail: { from: ['watched', 'rejected', 'pending', 'succeeded'], to: 'failed' },",
    tests: [exhibit('races', 'C1 themeum/tutor#2360')],
  },
  {
    name: 'checks-no-amount',
    file: ear('domain/watched-payment.ts'),
    find: "news.kind === 'succeeded' && !isAmount(news.amount, watch.amount) ? 'mismatched' : news.kind;",
    replace: "news.kind === 'succeeded' && watch === undefined ? 'mismatched' : news.kind;",
    tests: [exhibit('doubles', 'Kill Bill: an operator decides, and the full amount is assumed')],
  },
  {
    name: 'checks-no-currency',
    file: ear('domain/watched-payment.ts'),
    find: '/^\\d+$/.test(received.value) && sameMoney(received, expected);',
    replace: '/^\\d+$/.test(received.value) && received.value === expected.value;',
    tests: [exhibit('doubles', 'Kill Bill: money in another currency is counted by its digits')],
  },
  {
    name: 'claims-no-outcome',
    file: applyNews,
    find: 'if (!(await stores.outcomes.claim({ ...outcomeOf(news), verdict }))) return;',
    replace: 'await stores.outcomes.claim({ ...outcomeOf(news), verdict });',
    tests: [exhibit('races', 'A5 Pinelab-studio/pinelab-vendure-plugins#620')],
  },
  {
    name: 'drops-news-of-unknown-attempts',
    file: applyNews,
    find: 'if (watch === null) return stores.waiting.keep(news, now);',
    replace: 'if (watch === null) return;',
    tests: [exhibit('races', 'A3 duncanmcclean/statamic-cargo#190')],
  },
  {
    name: 'takes-money-after-a-cancel-for-a-success',
    file: applyNews,
    find: "if (verdict === 'succeeded' && payment.status === 'cancelled') return askAboutMoney(stores, news, now);",
    replace: '',
    tests: [exhibit('races', 'C4 coreshop/CoreShop#2529')],
  },
  {
    name: 'believes-an-old-webhook-at-once',
    file: applyNews,
    find: 'if (news.old === true) return inquireFirst(',
    replace: "if (news.old === true && payment.status === 'succeeded') return inquireFirst(",
    tests: [exhibit('signatures', 'J9 golevelup/nestjs#425')],
  },
  {
    name: 'takes-a-time-out-for-a-failure',
    file: ear('domain/inquiry-answer.ts'),
    find: "answer.kind === 'not-found' || ",
    replace: "answer.kind === 'not-found' || answer.kind === 'unknown' || ",
    tests: [exhibit('lost-news', 'Hyperswitch: an attempt fails because its time is over, though nobody has answered')],
  },
  {
    name: 'expires-an-attempt-before-its-end',
    file: askAntom,
    find: 'if (now >= watch.endsAt && endsAttempt(answer))',
    replace: 'if (endsAttempt(answer))',
    tests: [exhibit('lost-news', 'D3 aasmanj/altarwed#209')],
  },
  {
    name: 'stops-asking-in-silence',
    file: askAntom,
    find: 'await giveUp(stores, payment, watch, answer);',
    replace: 'await stores.inquiries.end(payment.paymentRequestId);',
    tests: [exhibit('lost-news', 'Kill Bill: polling ends in silence')],
  },
  {
    name: 'asks-too-late',
    file: ear('domain/inquiry-plan.ts'),
    find: 'const firstPauseMs = 5 * minute;',
    replace: 'const firstPauseMs = 6 * minute;',
    tests: [exhibit('lost-news', 'D1 antiwork/flexile#1615')],
  },
  {
    name: 'does-not-hurry-for-a-buyer-who-is-back',
    file: ear('application/hurry-inquiry.ts'),
    find: 'hurried(plan, clock.now()));\n}\n\n/** A hint',
    replace: 'plan);\n}\n\n/** A hint',
    tests: [exhibit('lost-news', 'D2 mollie/magento2#327')],
  },
  {
    name: 'acknowledges-before-the-commit',
    file: ear('inbound/webhooks.controller.ts'),
    find: 'await groups.hear({ webhook, verified: checked });',
    replace: 'void groups.hear({ webhook, verified: checked }).catch(() => undefined);',
    tests: [exhibit('lost-news', 'E1 opengovsg/FormSG#8389')],
  },
  {
    name: 'fails-a-whole-group-for-one-bad-webhook',
    file: ear('application/webhook-groups.ts'),
    find: 'if (group.length === 1) group[0]?.failed(error);\n      else await Promise.all(group.map((one) => this.#settle([one])));',
    replace: 'for (const { failed } of group) failed(error);',
    tests: [test(ear('application/webhook-groups.spec.ts'), 'do not suffer from a bad one among them')],
  },
  {
    name: 'writes-a-body-anew-before-it-is-verified',
    file: ear('inbound/webhook-reader.ts'),
    find: 'rawBody: webhook.body }',
    replace: 'rawBody: Buffer.from(JSON.stringify(JSON.parse(webhook.body.toString()))) }',
    tests: [exhibit('signatures', 'alipay/global-open-sdk-php#5', 'J1 alipay/global-open-sdk-php#5')],
  },
  {
    name: 'keeps-what-it-understood-instead-of-what-was-signed',
    file: ear('outbound/webhook.repository.ts'),
    find: 'JSON.stringify(headers), body, about, foreign]',
    replace: 'JSON.stringify(headers), JSON.stringify(JSON.parse(body.toString())), about, foreign]',
    tests: [exhibit('signatures', 'Convoy: what was understood is kept, and the signed bytes are gone')],
  },
  {
    name: 'believes-webhooks-that-nobody-has-signed',
    file: 'libs/antom/src/signatures/verify.ts',
    find: "if (!publicKeys.some((key) => verifyBytes('sha256', signed, key, bytes)))",
    replace: "if (!publicKeys.some((key) => verifyBytes('sha256', signed, key, bytes) || bytes.length > 0))",
    tests: [exhibit('signatures', 'J6 stripe/stripe-node#331'), exhibit('signatures', 'J7 stripe/stripe-node#1390')],
  },
  {
    name: 'verifies-without-the-path',
    file: ear('inbound/webhook-reader.ts'),
    find: 'check(readNotification({ ...webhook,',
    replace: "check(readNotification({ ...webhook, path: webhook.path.split('?')[0] ?? '',",
    tests: [exhibit('signatures', 'J8 alipay/alipay-easysdk#237')],
  },
  {
    name: 'takes-pending-with-s-for-paid',
    file: 'libs/antom/src/notifications/attempt-body.ts',
    find: "kind: notifyType === 'PAYMENT_PENDING' ? 'pending' : kindOf(result.status),",
    replace: "kind: notifyType === '' ? 'pending' : kindOf(result.status),",
    tests: [exhibit('signatures', 'a notice with result S that only says "pending" is taken for money')],
  },
];
