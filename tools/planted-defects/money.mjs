import { inApp, test } from './runner/places.mjs';

/** Mistakes in cases, in money under review and in money that went back: it pays twice, it is lost, or no person sees it. */
const notification = inApp('notification');
const order = inApp('order');
const paymentSession = inApp('payment-session');
const moneyUnderReview = paymentSession('money-under-review.spec.ts');
const returnedMoney = order('application/returned-money.spec.ts');
const resolutions = order('application/resolutions.spec.ts');
const lateMoney = order('application/late-money.spec.ts');

export const defects = [
  {
    name: 'never-unlocks-an-order-whose-case-is-resolved',
    file: paymentSession('application/review-money.ts'),
    at: 'reviewed',
    find: 'reviewing($lock, -1)',
    replace: '$lock',
    tests: [
      test(
        moneyUnderReview,
        'takes a new attempt when its case was resolved with %s',
        'was resolved with ended-unpaid',
      ),
      test(
        paymentSession('accept-payment.spec.ts'),
        'accepted money of another amount pays its order, and frees it of the review (M14)',
      ),
    ],
  },
  {
    name: 'starts-attempts-while-money-is-under-review',
    file: paymentSession('domain/attempt-policy.ts'),
    at: 'shutFor',
    find: '$underReview > 0',
    replace: '$underReview > Infinity',
    tests: [
      test(
        paymentSession('domain/attempt-policy.spec.ts'),
        'refuses an order with money under review, and says that it is paid or sealed where it is',
      ),
      test(moneyUnderReview, 'stays locked by other money, whatever else was resolved'),
    ],
  },
  {
    name: 'counts-money-under-review-each-time-it-is-told',
    file: paymentSession('application/record-money.ts'),
    at: 'recordMoney',
    given: 'beginReview($stores, $tools, $order, $payment)',
    find: 'if ($known?.received !== undefined) return;',
    replace: `if ($known?.standing === 'under-review') return beginReview($stores, $tools, $order, $known);
  $it`,
    tests: [test(moneyUnderReview, 'counts no money twice, told again or decided again')],
  },
  {
    name: 'locks-an-order-for-money-that-was-decided-before',
    file: paymentSession('application/record-money.ts'),
    at: 'recordMoney',
    find: '$known?.standing !== undefined',
    replace: '$known?.standing === null',
    tests: [
      test(
        moneyUnderReview,
        'is not locked where the decision is handled before the money, and its attempt ends with the money',
      ),
    ],
  },
  {
    name: 'accepts-money-without-naming-the-case',
    file: order('application/decide-case.ts'),
    at: 'acceptPayment',
    find: 'publishPaid($stores, $paid, $payment, $found.caseId)',
    replace: 'publishPaid($stores, $paid, $payment)',
    tests: [test(resolutions, 'pays the order with the money of the case, by name (M14)')],
  },
  {
    name: 'accepts-money-for-an-order-that-is-paid',
    file: order('application/decide-case.ts'),
    at: 'acceptPayment',
    find: "if ($order.paidBy !== null) refuse('order_paid', $why);",
    replace: '',
    tests: [test(resolutions, 'is refused where another payment pays the order')],
  },
  {
    name: 'accepts-twice-what-pays-the-order-already',
    file: order('application/decide-case.ts'),
    at: 'acceptPayment',
    find: `if ($order.paidBy !== null && samePayment($$$)) return $resolved;
      $$$between;
      if ($order.paidBy !== null) refuse('order_paid', $why);`,
    replace: '',
    tests: [test(resolutions, 'leaves an order alone that the money pays already')],
  },
  {
    name: 'leaves-a-case-waiting-for-a-refund-that-was-rejected',
    file: order('application/record-refund.ts'),
    at: 'refundRejected',
    find: 'if ($moved) await reopenCaseOf($$$case);',
    replace: 'await $moved;',
    tests: [test(resolutions, 'opens the case again after %s', 'opens the case again after RefundRejected')],
  },
  {
    name: 'leaves-a-case-waiting-for-a-refund-that-failed',
    file: order('application/record-refund.ts'),
    at: 'refundFailed',
    find: 'if ($moved) await reopenCaseOf($$$case);',
    replace: 'await $moved;',
    tests: [
      test(resolutions, 'opens the case again after %s', 'opens the case again after RefundFailed'),
      test(
        order('money-back.spec.ts'),
        'by the refund of a case resolves it, and by no refund that Antom refused (M14)',
      ),
    ],
  },
  {
    name: 'resolves-a-case-before-the-money-is-back',
    file: order('application/decide-case.ts'),
    at: 'refund',
    find: 'resolveByRefund($stores, $found, $decision, { refundRequestId: $id, amount: $amount })',
    replace: 'resolve($stores, { ...$found, refundRequestId: $id }, $decision, { amount: $amount })',
    tests: [
      test(
        resolutions,
        'asks for what is left of the payment, under an id derived from the case, and waits for the money (M14)',
      ),
    ],
  },
  {
    name: 'counts-a-return-each-time-it-is-told',
    file: order('application/record-refund.ts'),
    at: 'advance',
    find: "if ($moved.kind !== 'moved') return undefined;",
    replace: "if ($moved.kind === 'refused') return undefined;",
    tests: [
      test(returnedMoney, 'takes the order that it paid with it, stops fulfilment, and is put before a person (M16)'),
    ],
  },
  {
    name: 'publishes-a-return-for-each-way-that-reports-it',
    file: notification('application/apply-return.ts'),
    at: 'applyReturn',
    find: 'if ($known.watch !== null) return $payment;',
    replace: '',
    tests: [
      test(
        notification('application/asked-again.spec.ts'),
        'returns nothing twice where two ways lead to the same return',
      ),
    ],
  },
  {
    name: 'judges-late-money-by-its-arrival',
    file: order('application/record-success.ts'),
    at: 'recordSuccess',
    given: 'receive($stores, $known, $arrived, $at)',
    find: 'settle($before, $success, $policy)',
    replace: 'settle($before, { ...$success, paidAt: $at }, $policy)',
    tests: [
      test(lateMoney, 'pays where the buyer paid in time, however late that is told (M2)'),
      test(lateMoney, 'is a case when it comes long after the end, although the order is still closing (M12)'),
    ],
  },
  {
    name: 'moves-an-order-to-no-duplicate-that-stands',
    file: order('application/return-payment.ts'),
    at: 'returnPayment',
    find: 'if ($standing === undefined) $work;',
    replace: 'if ($standing !== null) $work;',
    tests: [
      test(returnedMoney, 'lets the order move to the duplicate that stands, which is not paid a second time (M5)'),
      test(
        order('money-back.spec.ts'),
        'moves the order to the duplicate that stands, and then leaves it unpaid, when nobody asked for it (M5, M16)',
      ),
    ],
  },
  {
    name: 'moves-an-order-to-a-duplicate-that-is-being-refunded',
    file: order('application/return-payment.ts'),
    at: 'duplicateThatStands',
    find: "$found?.status !== 'refunding'",
    replace: '$found?.status !== undefined',
    tests: [test(resolutions, 'pays an order that is %s', 'pays an order that is returned')],
  },
  {
    name: 'leaves-an-order-paid-whose-money-went-back',
    file: order('application/give-back.ts'),
    at: 'giveBack',
    find: 'isReturn($back) && $isAll && pays($order, $payment)',
    replace: 'isReturn($back) && !$isAll && pays($order, $payment)',
    tests: [
      test(returnedMoney, 'takes the order that it paid with it, stops fulfilment, and is put before a person (M16)'),
    ],
  },
];
