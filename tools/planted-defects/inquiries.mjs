import { inApp, incident, test } from './runner/places.mjs';

/** Mistakes in what Antom is asked, and when: money is missed, or an attempt ends too soon or never. */
const notification = inApp('notification');
const paymentSession = inApp('payment-session');
const inquirePayment = notification('application/inquire-payment.ts');

export const defects = [
  {
    name: 'takes-a-time-out-for-a-failure',
    file: notification('domain/inquiry-answer.ts'),
    at: 'endsAttempt',
    find: "$answer.kind === 'not-found'",
    replace: "$it || $answer.kind === 'unknown'",
    tests: [
      incident('lost-news', 'Hyperswitch: an attempt fails because its time is over, though nobody has answered'),
      incident('doubles', 'Hyperswitch: a time-out is taken for a failure'),
    ],
  },
  {
    name: 'expires-an-attempt-before-its-end',
    file: inquirePayment,
    at: 'goOn',
    find: '$now >= new Date($watch.endsAt)',
    replace: '$it || $watch.endsAt.length > 0',
    tests: [incident('lost-news', 'D3 after aasmanj/altarwed#209')],
  },
  {
    name: 'expects-every-session-to-live-as-long-as-it-asked',
    file: paymentSession('application/ask-for-session.ts'),
    at: 'created',
    find: 'endOf($sessionExpiresAt, $attempt.bankChoice)',
    replace: '$attempt.endsAt',
    tests: [
      test(paymentSession('instances.spec.ts'), 'announce an attempt until the end of the session that Antom gave'),
    ],
  },
  {
    name: 'stops-asking-in-silence',
    file: inquirePayment,
    at: 'goOn',
    find: 'giveUp($stores, $payment, $$$)',
    replace: 'goneOn($payment, null)',
    tests: [incident('lost-news', 'Kill Bill: polling ends in silence')],
  },
  {
    name: 'asks-too-late',
    file: notification('domain/inquiry-plan.ts'),
    at: 'firstPauseMs',
    replace: '6 * minute',
    tests: [incident('lost-news', 'D1 antiwork/flexile#1615')],
  },
  {
    name: 'does-not-hurry-for-a-buyer-who-is-back',
    file: notification('application/hurry-inquiry.ts'),
    at: 'hurryInquiry',
    find: '$how($payment.plan, $clock.now())',
    replace: '$payment.plan',
    tests: [incident('lost-news', 'D2 mollie/magento2#327')],
  },
  {
    name: 'never-ends-an-attempt',
    file: inquirePayment,
    at: 'goOn',
    find: 'expire($stores, $payment)',
    replace: 'goneOn($payment, null)',
    tests: [incident('lost-news', 'D4 DistinctCodes/ManageHub#1332')],
  },
];
