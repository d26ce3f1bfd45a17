import { inApp, test } from './runner/places.mjs';

/** Mistakes in what is cancelled, when and how often: paid money is given back, or a success that Antom gives back pays its order. */
const notification = inApp('notification');
const paymentSession = inApp('payment-session');

export const defects = [
  {
    name: 'sends-a-cancel-before-its-start-is-acknowledged',
    file: paymentSession('outbound/cancel.repository.ts'),
    at: 'waitsIn',
    find: /event_id = attempts\.cancel_started_id/,
    replace: 'event_id is null',
    tests: [
      test(
        paymentSession('instances.spec.ts'),
        'send no cancel before the broker has acknowledged that one was started, nor where it refused to take that',
      ),
      test(paymentSession('due-work.spec.ts'), 'waits for the relay: while that is stopped no call reaches Antom'),
    ],
  },
  {
    name: 'announces-no-cancel',
    file: paymentSession('application/schedule-cancel.ts'),
    at: 'scheduleCancel',
    find: '$possible ? await announce($$$about) : undefined',
    replace: 'undefined',
    tests: [
      test(
        paymentSession('instances.spec.ts'),
        'announce the cancel of an attempt once, however often it is asked for',
      ),
    ],
  },
  {
    name: 'cancels-for-ever-what-antom-does-not-answer',
    file: paymentSession('application/ask-to-cancel.ts'),
    at: 'endOf',
    find: '$tries >= mostCancelRounds',
    replace: '$tries > Infinity',
    tests: [
      test(
        paymentSession('instances.spec.ts'),
        'do not count a cancel that was never sent, and give up after three that Antom did not answer',
      ),
    ],
  },
  {
    name: 'cancels-a-sibling-that-no-buyer-has-used',
    file: paymentSession('application/stop-attempts.ts'),
    at: 'cancelIfUsed',
    find: '$cause === undefined || !$attempt.used',
    replace: '$cause === undefined',
    tests: [test(paymentSession('cancel-rules.spec.ts'), 'is not cancelled where the buyer has not used it')],
  },
  {
    name: 'cancels-a-sibling-where-that-may-give-paid-money-back',
    file: paymentSession('application/stop-attempts.ts'),
    at: 'cancelIfUsed',
    find: "if ($cause === 'sibling-succeeded' && $possible === 'depends') return;",
    replace: '',
    tests: [
      test(
        paymentSession('cancel-rules.spec.ts'),
        'is not cancelled beside a payment of its order where a cancel might give paid money back',
      ),
    ],
  },
  {
    name: 'believes-a-success-after-a-cancel-was-started',
    file: notification('application/apply-update.ts'),
    at: 'decide',
    find: '$payment.cancelStartedAt !== null',
    replace: '$payment.cancelStartedAt === undefined',
    tests: [
      test(
        notification('cancel-started.spec.ts'),
        'is pending until an inquiry says that it stands, however often it is reported',
      ),
      test(
        notification('cancel-started.spec.ts'),
        'never pays where the inquiry says that it is cancelled: its money is for a person',
      ),
    ],
  },
];
